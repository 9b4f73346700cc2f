package org.tequio.identity;

import org.tequio.http.Action;

/** The actions that this module's endpoints ask permission for. */
public final class IdentityAction {
  /** Signing in, and opening an account. */
  public static final Action SESSION_BEGIN = new Action("session.begin");

  /** Seeing and changing one's own account. */
  public static final Action ACCOUNT_OWN = new Action("account.own");

  /** Reading one's own notices. */
  public static final Action NOTICE_OWN = new Action("notice.own");

  /** Inviting and blocking people, and giving them roles. */
  public static final Action PEOPLE_MANAGE = new Action("people.manage");

  /** Running the list of organisations. */
  public static final Action ORGANISATION_MANAGE = new Action("organisation.manage");

  /** Registering programs that act for people. */
  public static final Action APPLICATION_MANAGE = new Action("application.manage");

  /** Reading and verifying the audit log. */
  public static final Action AUDIT_READ = new Action("audit.read");

  private IdentityAction() {}
}
