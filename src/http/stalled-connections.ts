import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Connection {
  readonly exchanges: Set<Exchange>;
  /** By `performance.now()`; null while a request runs, or a response gets on. */
  stalledSince: number | null;
  /** How much was written, and how much of it waits for the client. It changes while a response gets on. */
  progress: string;
}

/** Whether a request has arrived completely, and has no response yet. */
const isRunning = ({ request, response }: Exchange): boolean => request.complete && !response.headersSent;

/**
 * The connections of a server on which no request runs: nothing or a part of a request has arrived, or the client does
 * not read the response. Node lists only those as idle that have completed a request.
 */
export class StalledConnections {
  private readonly connections = new Map<Socket, Connection>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.connections.set(socket, { exchanges: new Set(), stalledSince: null, progress: '' });
      socket.once('close', () => this.connections.delete(socket));
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const exchanges = this.connections.get(request.socket)?.exchanges;
      const exchange = { request, response };
      exchanges?.add(exchange);
      response.once('close', () => exchanges?.delete(exchange));
    });
  }

  /** Closes connections over which nothing was sent, such as those that browsers open in advance. */
  closeUnused(): void {
    for (const socket of this.connections.keys()) if (socket.bytesRead === 0) socket.destroy();
  }

  /** Cuts off connections that were stalled for a time, counted from the first call. */
  cutOff(milliseconds: number): void {
    const now = performance.now();
    for (const [socket, connection] of this.connections) {
      const progress = `${socket.bytesWritten} ${socket.writableLength}`;
      const isBusy = progress !== connection.progress || [...connection.exchanges].some(isRunning);
      connection.progress = progress;
      connection.stalledSince = isBusy ? null : (connection.stalledSince ?? now);
      if (connection.stalledSince !== null && now - connection.stalledSince >= milliseconds) socket.destroy();
    }
  }
}
