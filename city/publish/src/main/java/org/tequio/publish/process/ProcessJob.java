package org.tequio.publish.process;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Problem;

/**
 * Work that somebody asked a process for, as it stands (OGC 18-062r2, 7.13).
 *
 * @param id not to be guessed: whoever has it may follow the job, where nobody signed in asked for
 *     it
 * @param process the process's identifier
 * @param owner the account that asked; null where nobody had signed in
 * @param order what was asked
 * @param state how far it is
 * @param progress per cent, 0 to 100
 * @param step what is being done; empty where it is not running
 * @param created when it was accepted
 * @param started when it began to run; null before
 * @param finished when it ended; null before
 * @param updated when its state changed last
 * @param attempts how many times it began to run
 * @param openness what was public of its layers when it began; a result of another is not given out
 * @param file what it made; null where there is nothing
 * @param bytes the size of that
 * @param problem why it failed; null where it did not
 */
public record ProcessJob(
    String id,
    String process,
    @Nullable String owner,
    ProcessOrder order,
    State state,
    int progress,
    String step,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant finished,
    Instant updated,
    int attempts,
    String openness,
    @Nullable ProcessFile file,
    long bytes,
    @Nullable Problem problem) {

  /** How far a job is, in the standard's words. */
  public enum State {
    /** Waits for others to end. */
    ACCEPTED,
    /** Is being done. */
    RUNNING,
    /** Ended well. */
    SUCCESSFUL,
    /** Ended with a problem. */
    FAILED,
    /** Ended because somebody wanted it to; what it had made is gone. */
    DISMISSED;

    /** Its name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** True where it will not change by itself any more. */
    public boolean isFinal() {
      return switch (this) {
        case ACCEPTED, RUNNING -> false;
        case SUCCESSFUL, FAILED, DISMISSED -> true;
      };
    }
  }

  /** The same while it runs. */
  ProcessJob at(int percent, String what) {
    return new ProcessJob(
        id, process, owner, order, state, percent, what, created, started, finished, updated,
        attempts, openness, file, bytes, problem);
  }

  /** The same when it begins to run. */
  ProcessJob begun(String open, Instant now) {
    return new ProcessJob(
        id,
        process,
        owner,
        order,
        State.RUNNING,
        0,
        "",
        created,
        now,
        null,
        now,
        attempts + 1,
        open,
        null,
        0,
        null);
  }

  /** The same with its result. */
  ProcessJob done(ProcessFile made, long size, Instant now) {
    return new ProcessJob(
        id,
        process,
        owner,
        order,
        State.SUCCESSFUL,
        100,
        "",
        created,
        started,
        now,
        now,
        attempts,
        openness,
        made,
        size,
        null);
  }

  /** The same with the reason of its failure. */
  ProcessJob failed(Problem why, Instant now) {
    return new ProcessJob(
        id,
        process,
        owner,
        order,
        State.FAILED,
        progress,
        "",
        created,
        started,
        now,
        now,
        attempts,
        openness,
        null,
        0,
        why);
  }

  /** The same when nobody wants it any more. */
  ProcessJob dismissed(Instant now) {
    return new ProcessJob(
        id,
        process,
        owner,
        order,
        State.DISMISSED,
        progress,
        "",
        created,
        started,
        finished == null ? now : finished,
        now,
        attempts,
        openness,
        null,
        0,
        null);
  }
}
