package org.tequio.identity.mail;

import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.identity.Site;

/** What the mails say, in every language. Names that people chose are not repeated in them. */
public final class MailTexts {
  private final Site site;

  /** Texts with links to a site. */
  public MailTexts(Site site) {
    this.site = site;
  }

  private Mail mail(String to, Language language, LocalText subject, LocalText text, String path) {
    LocalText end =
        new LocalText(
            "Este mensaje lo envió el mapa de la ciudad, " + site.base() + ".",
            "Esta mensagem foi enviada pelo mapa da cidade, " + site.base() + ".",
            "This message was sent by the city's map, " + site.base() + ".");
    return new Mail(
        to,
        subject.in(language),
        text.in(language) + "\n\n" + site.link(path) + "\n\n" + end.in(language) + "\n");
  }

  /** To confirm the address of a new account. */
  public Mail confirm(String to, Language language, String token) {
    return mail(
        to,
        language,
        new LocalText("Confirme su cuenta", "Confirme a sua conta", "Confirm your account"),
        new LocalText(
            "Alguien pidió una cuenta con este correo. Si fue usted, abra el enlace en las próximas"
                + " 24 horas; si no, no haga nada.",
            "Alguém pediu uma conta com este e-mail. Se foi você, abra o link nas próximas 24"
                + " horas; se não, não faça nada.",
            "Somebody asked for an account with this address. If it was you, open the link within"
                + " 24 hours; if not, do nothing."),
        "/confirm#token=" + token);
  }

  /** To somebody who asked for an account and has one. */
  public Mail alreadyThere(String to, Language language) {
    return mail(
        to,
        language,
        new LocalText(
            "Ya tiene una cuenta", "Você já tem uma conta", "You have an account already"),
        new LocalText(
            "Alguien pidió una cuenta con este correo, que ya tiene una. Puede iniciar sesión, o"
                + " pedir una contraseña nueva. Si no fue usted, no haga nada.",
            "Alguém pediu uma conta com este e-mail, que já tem uma. Você pode entrar, ou pedir uma"
                + " nova senha. Se não foi você, não faça nada.",
            "Somebody asked for an account with this address, which has one already. You can sign"
                + " in, or ask for a new password. If it was not you, do nothing."),
        "/sign-in");
  }

  /** To set a new password. */
  public Mail reset(String to, Language language, String token) {
    return mail(
        to,
        language,
        new LocalText("Contraseña nueva", "Nova senha", "A new password"),
        new LocalText(
            "Alguien pidió una contraseña nueva para su cuenta. Si fue usted, abra el enlace en la"
                + " próxima hora; si no, no haga nada.",
            "Alguém pediu uma nova senha para a sua conta. Se foi você, abra o link na próxima"
                + " hora; se não, não faça nada.",
            "Somebody asked for a new password for your account. If it was you, open the link"
                + " within an hour; if not, do nothing."),
        "/reset#token=" + token);
  }

  /** To somebody whom an administrator invited. */
  public Mail invitation(String to, Language language, String token) {
    return mail(
        to,
        language,
        new LocalText("Invitación al mapa", "Convite para o mapa", "An invitation to the map"),
        new LocalText(
            "La administración del mapa de la ciudad abrió una cuenta para usted. Elija su"
                + " contraseña en los próximos 7 días.",
            "A administração do mapa da cidade abriu uma conta para você. Escolha a sua senha nos"
                + " próximos 7 dias.",
            "The administrators of the city's map opened an account for you. Choose your password"
                + " within 7 days."),
        "/reset#token=" + token);
  }

  /** To somebody whose password was changed. */
  public Mail passwordChanged(String to, Language language) {
    return mail(
        to,
        language,
        new LocalText("Su contraseña cambió", "A sua senha mudou", "Your password was changed"),
        new LocalText(
            "La contraseña de su cuenta cambió y se cerraron sus otras sesiones. Si no fue usted,"
                + " pida una contraseña nueva ahora.",
            "A senha da sua conta mudou e as suas outras sessões foram encerradas. Se não foi você,"
                + " peça uma nova senha agora.",
            "The password of your account was changed and your other sessions ended. If it was not"
                + " you, ask for a new password now."),
        "/forgotten");
  }

  /** A notice. */
  public Mail notice(String to, Language language, Notice notice) {
    LocalText title = notice.title();
    LocalText oneLine =
        new LocalText(oneLine(title.es()), oneLine(title.pt()), oneLine(title.en()));
    return mail(to, language, oneLine, notice.text(), notice.link());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
