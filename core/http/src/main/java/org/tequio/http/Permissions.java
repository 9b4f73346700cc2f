package org.tequio.http;

import org.tequio.feature.LocalText;

/**
 * Where every endpoint asks whether the request may do what it wants. An endpoint that answers
 * without asking is a fault: its answer is withheld.
 */
public final class Permissions {
  private final Policy policy;

  /** Decides by a policy. */
  public Permissions(Policy policy) {
    this.policy = policy;
  }

  /** Everyone may read what is public, and there is nothing else to do yet. */
  public static Permissions publicReading() {
    return new Permissions(
        (call, permission) ->
            switch (permission) {
              case Permission.Read _, Permission.ReadCity _ -> true;
            });
  }

  /**
   * Asks.
   *
   * @throws ProblemException 403 when the answer is no
   */
  public void require(Call call, Permission permission) {
    call.permissionAsked();
    if (!policy.allows(call, permission)) {
      throw new ProblemException(
          Problem.of(
              403,
              "forbidden",
              new LocalText("No autorizado", "Não autorizado", "Forbidden"),
              new LocalText(
                  "no tiene permiso para esto",
                  "você não tem permissão para isto",
                  "you are not allowed to do this")));
    }
  }

  /** The rule behind the questions. */
  @FunctionalInterface
  public interface Policy {
    /** True where the request may. */
    boolean allows(Call call, Permission permission);
  }
}
