import { findFreePort } from '../../test/support/free-port.js';
import { startServer, type Environment, type ServerProcess } from '../../test/support/server-process.js';

/** One place for a process of Postern: its port stays, and processes come and go. */
export class ProcessSlot {
  #server: ServerProcess | null = null;
  /** The output of all processes that ran here. */
  readonly #outputs: string[] = [];

  private constructor(
    readonly port: number,
    readonly settings: Environment,
    readonly onCrash: (text: string) => void,
  ) {}

  /** Finds a port, and starts the first process. */
  static async open(settings: Environment, onCrash: (text: string) => void): Promise<ProcessSlot> {
    const slot = new ProcessSlot(await findFreePort(), settings, onCrash);
    await slot.start();
    return slot;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get setupToken(): string | null {
    return this.#server?.setupToken ?? null;
  }

  get output(): string {
    return [...this.#outputs, this.#server?.process.stdout ?? ''].join('');
  }

  /** Starts a process, and waits until it is ready. */
  async start(): Promise<void> {
    const server = await startServer({ ...this.settings, PORT: String(this.port) });
    this.#server = server;
    void server.process.ended.then(({ code }) => {
      if (this.#server === server) this.onCrash(`a process ended unasked, with ${code}`);
    });
  }

  /** Ends the process, and waits until it has exited. @returns its exit code */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const server = this.#server;
    if (!server) return null;
    this.#server = null;
    const { code, stdout, stderr } = await server.process.stop(signal);
    this.#outputs.push(stdout, stderr);
    return code;
  }
}
