/** A clock that tests advance. The server uses it instead of the system's. */
export class TestClock {
  #now = Date.now();

  readonly read = (): Date => new Date(this.#now);

  advance({
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  }: {
    days?: number;
    hours?: number;
    minutes?: number;
    seconds?: number;
  }): void {
    this.#now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
  }
}
