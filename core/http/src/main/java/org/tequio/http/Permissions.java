package org.tequio.http;

import org.tequio.feature.LocalText;

/**
 * Where every endpoint asks whether the request may do what it wants. An endpoint that answers
 * without asking, or asks for another action than it declared, is a fault: its answer is withheld.
 * Thread-safe.
 */
public final class Permissions {
  private final Policy policy;

  /** Decides by a policy. */
  public Permissions(Policy policy) {
    this.policy = policy;
  }

  /** Everyone may read what is public, and nobody may do anything else. */
  public static Permissions publicReading() {
    return new Permissions(
        (caller, permission) ->
            permission.action().equals(Action.CITY_READ)
                    || permission.action().equals(Action.LAYER_READ)
                ? Verdict.ALLOWED
                : Verdict.ROLE_MISSING);
  }

  /**
   * Asks.
   *
   * @throws ProblemException 401 where nobody has signed in, 403 where no role of the caller may do
   *     this, 404 where one may but not with this owner's thing: its existence is not told
   */
  public void require(Call call, Permission permission) {
    call.asked(permission.action());
    switch (policy.judge(call.caller(), permission)) {
      case ALLOWED -> {}
      case ROLE_MISSING ->
          throw new ProblemException(call.caller().isSignedIn() ? forbidden() : signInFirst());
      case ANOTHERS ->
          throw new ProblemException(
              call.caller().isSignedIn() ? Problem.notFound(call.path()) : signInFirst());
    }
  }

  /**
   * Asks for a further thing that only the body of the request told, beside what its endpoint
   * declares. The thing itself is no secret.
   *
   * @throws ProblemException 401 where nobody has signed in, 403 where the caller may not do this
   *     with this owner's thing
   */
  public void requireFurther(Call call, Permission permission) {
    if (policy.judge(call.caller(), permission) != Verdict.ALLOWED) {
      throw new ProblemException(call.caller().isSignedIn() ? forbidden() : signInFirst());
    }
  }

  /**
   * Asks whether the caller may do this with somebody's things at all; whose these are is asked
   * with {@link #allows} for each thing of the answer.
   *
   * @throws ProblemException 401 or 403 as above
   */
  public void requireSome(Call call, Action action) {
    call.asked(action);
    if (policy.judge(call.caller(), Permission.of(action)) == Verdict.ROLE_MISSING) {
      throw new ProblemException(call.caller().isSignedIn() ? forbidden() : signInFirst());
    }
  }

  /**
   * The same endpoint, closed before it reads anything to those whom no role lets do its action
   * with anybody's things. Its handler still asks with the owner.
   */
  public Endpoint closed(Endpoint endpoint) {
    Endpoint.Handler open = endpoint.handler();
    return endpoint.handledBy(
        call -> {
          Verdict verdict = policy.judge(call.caller(), Permission.of(endpoint.action()));
          if (verdict == Verdict.ROLE_MISSING) {
            throw new ProblemException(call.caller().isSignedIn() ? forbidden() : signInFirst());
          }
          return open.answer(call);
        });
  }

  /** True where the caller may; for what an answer shows, not in place of {@link #require}. */
  public boolean allows(Call call, Permission permission) {
    return policy.judge(call.caller(), permission) == Verdict.ALLOWED;
  }

  /**
   * True where somebody may who is not the caller of a request: where a thing is handed to them.
   */
  public boolean allows(Caller somebody, Permission permission) {
    return policy.judge(somebody, permission) == Verdict.ALLOWED;
  }

  /** The 401 for what needs an account. */
  public static Problem signInFirst() {
    return Problem.of(
        401,
        "sign-in-first",
        new LocalText("Falta iniciar sesión", "Falta entrar na conta", "Sign in first"),
        new LocalText(
            "para esto hay que iniciar sesión",
            "para isto é preciso entrar na conta",
            "this needs you to sign in"));
  }

  private static Problem forbidden() {
    return Problem.of(
        403,
        "forbidden",
        new LocalText("No autorizado", "Não autorizado", "Forbidden"),
        new LocalText(
            "esta cuenta no tiene permiso para esto; la administración del mapa puede darlo",
            "esta conta não tem permissão para isto; a administração do mapa pode concedê-la",
            "this account is not allowed to do this; the administrators of the map can allow it"));
  }

  /** What a policy says. */
  public enum Verdict {
    /** Yes. */
    ALLOWED,
    /** No role of the caller may do this. */
    ROLE_MISSING,
    /** A role of the caller may do this, but not with this owner's things. */
    ANOTHERS
  }

  /** The rule behind the questions. Thread-safe. */
  @FunctionalInterface
  public interface Policy {
    /** Judges. */
    Verdict judge(Caller caller, Permission permission);
  }
}
