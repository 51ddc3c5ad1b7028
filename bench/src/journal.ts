/** Partial results: a run that was stopped goes on where it was. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

interface Content {
  /** What all entries depend on; those of another run are of no use. */
  identity: string;
  /** The weights that `entries` were measured with. */
  weights: string;
  entries: Record<string, unknown>;
  /** What no weights play a part in, such as the estimates of other methods: it outlives a finished run. */
  lasting: Record<string, unknown>;
}

/** Results of the finished pieces of a run, by key, on disk after every piece. */
export class Journal {
  /** Pieces that were there when the journal was opened. */
  readonly found: number;

  private constructor(
    readonly file: string,
    private readonly content: Content,
    private readonly signal: AbortSignal,
  ) {
    this.found = Object.keys(content.entries).length + Object.keys(content.lasting).length;
  }

  /**
   * Opens the journal of a run, empty if there is none or it belongs to a run with other settings.
   *
   * @param identity everything that a result depends on, beside the weights
   * @param weights name of the weights that are measured
   * @param signal ends the run before the next piece
   */
  static async open(file: string, identity: unknown, weights: string, signal: AbortSignal): Promise<Journal> {
    const wanted = JSON.stringify(identity);
    const content = await readFile(file, "utf8")
      .then((text) => JSON.parse(text) as Content)
      // Missing, or cut short by a full disk: either way there is nothing to go on from.
      .catch(() => undefined);
    const same = content?.identity === wanted ? content : undefined;
    const entries = same?.weights === weights ? same.entries : {};
    return new Journal(file, { identity: wanted, weights, entries, lasting: same?.lasting ?? {} }, signal);
  }

  /**
   * The result of a piece: from the journal, or computed now and written down. It must survive JSON.
   *
   * @param lasting whether the result is the same for any weights
   */
  async once<T>(key: string, work: () => Promise<T>, lasting = false): Promise<T> {
    const entries = lasting ? this.content.lasting : this.content.entries;
    if (!(key in entries)) {
      this.signal.throwIfAborted();
      entries[key] = await work();
      await this.#save();
    }
    return entries[key] as T;
  }

  /** The run is complete: forgets it, but for what other weights can use. */
  async finish(): Promise<void> {
    this.content.entries = {};
    if (Object.keys(this.content.lasting).length > 0) await this.#save();
    else await rm(this.file, { force: true });
  }

  async #save(): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    // Renamed into place, so that a stop while writing leaves the last complete one.
    await writeFile(`${this.file}.new`, JSON.stringify(this.content));
    await rename(`${this.file}.new`, this.file);
  }
}
