/**
 * A list that streams in: a reply with what there is so far, then pages by events. Whose listing a page is of is told by its
 * generation; of two requests the later one counts; the rows of the listing before stay until the new one has its first.
 *
 * Rows are kept in plain collections by whoever extends this, and announced by a counter at most every `CALM_MS`: ten
 * thousand rows arrive in fifty pages.
 */

import { asProblem } from './ipc/call';
import type { Problem } from './ipc/generated';

const CALM_MS = 50;

/** What the reply and each event say. */
interface Page<Row> {
  generation: number;
  rows: readonly Row[];
  done: boolean;
  problem: Problem | null;
}

export abstract class Streamed<Row> {
  /** Every page has been read, or the listing stopped. */
  done = $state(false);
  /** Pages are coming in, or have been asked for. */
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);

  #version = $state(0);
  /** The rows are of this listing, not of the one before. */
  #fresh = true;
  #generation = 0;
  #asking = 0;
  #turn = 0;
  #early: Page<Row>[] = [];
  #bumped = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins again with these rows. */
  protected abstract replace(rows: readonly Row[]): void;
  /** Takes those of these rows that it does not have. */
  protected abstract add(rows: readonly Row[]): void;
  /** Makes new collections, so that whoever holds the old ones sees the difference. */
  protected abstract renew(): void;
  /** Asks what the listing has so far, or begins one. */
  protected abstract again(): void;

  /** A request is on its way: what is heard meanwhile may be newer than its answer. */
  protected get asking(): boolean {
    return this.#asking > 0;
  }

  /** To be read by whatever shows rows, to follow them. */
  protected track(): void {
    void this.#version;
  }

  protected async ask(ask: () => Promise<Page<Row>>): Promise<void> {
    this.#asking++;
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const reply = await ask();
      // A later request says all that this one could.
      if (turn === this.#turn) this.taken(reply);
    } catch (error) {
      if (turn === this.#turn) this.settle(true, asProblem(error));
    } finally {
      this.#asking--;
      if (this.#asking === 0) this.answered();
    }
  }

  /** The latest request was answered. */
  protected taken(reply: Page<Row>): void {
    this.#generation = reply.generation;
    this.#fresh = false;
    this.#append(reply);
    // Pages that came before this reply are in it already or follow it; the ids tell.
    const early = this.#early.filter((one) => one.generation === reply.generation);
    this.#early = [];
    for (const page of early) this.#append(page);
  }

  /** No request is on its way any more. */
  protected answered(): void {
    this.#early = [];
  }

  hear(page: Page<Row>): void {
    if (this.asking) this.#early.push(page);
    else if (page.generation === this.#generation) this.#append(page);
    // Somebody else began another listing.
    else if (page.generation > this.#generation) this.again();
  }

  #append({ rows, done, problem }: Page<Row>): void {
    if (!this.#fresh && (rows.length > 0 || (done && problem === null))) this.begin(rows);
    else this.add(rows);
    this.settle(done, problem);
  }

  /** Shows these instead of what is shown. */
  protected begin(rows: readonly Row[]): void {
    this.#fresh = true;
    this.replace(rows);
  }

  protected settle(done: boolean, problem: Problem | null): void {
    this.done = done;
    this.loading = !done;
    this.problem = problem;
    this.bump();
  }

  /** Rows changed: told now, or when the calm is over. */
  protected bump(): void {
    if (this.#timer !== undefined) return;
    const left = this.#bumped + CALM_MS - Date.now();
    if (left <= 0) this.#show();
    else this.#timer = setTimeout(() => this.#show(), left);
  }

  #show(): void {
    this.#timer = undefined;
    this.#bumped = Date.now();
    this.renew();
    this.#version++;
  }

  /** Nothing is told any more until something changes. */
  protected hush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Answers that are still to come are dropped. */
  protected drop(): void {
    this.hush();
    this.#turn++;
  }
}
