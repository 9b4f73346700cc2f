package org.tequio.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tequio.http.Caller;
import org.tequio.http.Owner;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.identity.RoleBook.Reach;

/**
 * Judges by the lines of a {@link RoleBook}: the furthest reach of the caller's roles decides, and
 * a program that acts for a person may do no more than its scopes open. To learn whether somebody
 * may do a thing at all, for a list of what is theirs, ask with their own account as the owner.
 * Immutable.
 */
public final class RolePolicy implements Permissions.Policy {
  private final RoleBook book;

  /** Judges by a book. */
  public RolePolicy(RoleBook book) {
    this.book = book;
  }

  @Override
  public Permissions.Verdict judge(Caller caller, Permission permission) {
    RoleBook.Line line = book.getLine(permission.action());
    Set<String> scopes = caller.scopes();
    boolean narrowed = scopes != null && !scopes.contains(permission.action().name());
    if (narrowed && !line.isOpenToAnyone()) {
      return Permissions.Verdict.ROLE_MISSING;
    }
    Permissions.Verdict best = Permissions.Verdict.ROLE_MISSING;
    for (Caller.Holding holding : holdings(caller)) {
      Reach reach = line.reach().get(holding.role());
      if (reach != null) {
        if (reaches(reach, holding, caller, permission.owner())) {
          return Permissions.Verdict.ALLOWED;
        }
        best = Permissions.Verdict.ANOTHERS;
      }
    }
    return best;
  }

  /** The names of the actions that a caller may do at all, with whosever things. */
  public List<String> actionsOf(Caller caller) {
    Set<String> scopes = caller.scopes();
    List<Caller.Holding> holdings = holdings(caller);
    return book.lines().stream()
        .filter(
            line ->
                line.isOpenToAnyone()
                    || (scopes == null || scopes.contains(line.action().name()))
                        && holdings.stream().anyMatch(one -> line.reach().containsKey(one.role())))
        .map(line -> line.action().name())
        .toList();
  }

  private static List<Caller.Holding> holdings(Caller caller) {
    List<Caller.Holding> all = new ArrayList<>(caller.holdings());
    all.add(new Caller.Holding(RoleBook.ANYONE, null));
    if (caller.isSignedIn()) {
      all.add(new Caller.Holding(RoleBook.RESIDENT, null));
    }
    return all;
  }

  private static boolean reaches(Reach reach, Caller.Holding holding, Caller caller, Owner owner) {
    return switch (reach) {
      case ALL -> true;
      case DEPARTMENT ->
          isOwn(caller, owner)
              || owner instanceof Owner.Department(String id) && id.equals(holding.organisation());
      case OWN -> isOwn(caller, owner);
    };
  }

  private static boolean isOwn(Caller caller, Owner owner) {
    return owner instanceof Owner.Person(String account) && account.equals(caller.account());
  }
}
