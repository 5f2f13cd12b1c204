import type pg from 'pg';

/**
 * Keeps the connections of a process at one server. After a failover, the address leads to another one, and connections
 * to the previous primary would read what no longer holds. The first new connection ends them.
 */
export class ServerTracker {
  private server: string | undefined;
  private readonly connections = new Set<pg.ClientBase>();

  /**
   * Adds a connection that has opened.
   *
   * @param server identifies the server and its start
   */
  add(client: pg.ClientBase, server: string): void {
    if (this.server !== undefined && this.server !== server) this.dropAll();
    this.server = server;
    this.connections.add(client);
    client.once('end', () => this.connections.delete(client));
  }

  /** Drops every connection, e.g. because its server became read-only. Each fails its statements and is replaced. */
  dropAll(): void {
    for (const client of this.connections) (client as pg.Client).connection.stream.destroy();
    this.connections.clear();
  }
}
