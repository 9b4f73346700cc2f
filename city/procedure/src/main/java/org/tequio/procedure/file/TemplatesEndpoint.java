package org.tequio.procedure.file;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.Person;
import org.tequio.procedure.term.OfficeText;

/** The texts of an office, and what stands in their blanks for one file. */
final class TemplatesEndpoint {
  private static final int LONGEST_TITLE = 120;

  private static final Parameter<String> TEMPLATE =
      Parameter.pathId(
          "template",
          "Identifier of a text, chosen by whoever saves it first.",
          new LocalText("un texto", "um texto", "a text"));

  private final Templates templates;
  private final CaseDesk desk;
  private final CaseClock law;
  private final Officers officers;
  private final InboxEndpoint inbox;
  private final Permissions permissions;

  TemplatesEndpoint(
      Templates templates,
      CaseDesk desk,
      CaseClock law,
      Officers officers,
      InboxEndpoint inbox,
      Permissions permissions) {
    this.templates = templates;
    this.desk = desk;
    this.law = law;
    this.officers = officers;
    this.inbox = inbox;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/office-templates", "officeTemplates", CaseNames.WORK, this::list)
            .summary("The texts of an office, by their titles.")
            .with(CaseNames.OFFICE)
            .answers("application/json", TemplateList.class),
        Endpoint.get(
                "/api/office-templates/{template}/versions",
                "officeTemplateVersions",
                CaseNames.WORK,
                this::versions)
            .summary("Every version of a text, the newest first.")
            .with(TEMPLATE)
            .answers("application/json", TemplateList.class),
        Endpoint.put(
                "/api/office-templates/{template}",
                "saveOfficeTemplate",
                CaseNames.WORK,
                this::save)
            .summary("Saves a new version of a text; `version` is the one seen last, 0 for none.")
            .with(TEMPLATE)
            .takes("application/json", SaveJson.class)
            .answers("application/json", TemplateJson.class),
        Endpoint.post("/api/inbox/{case}/fill", "fillText", CaseNames.WORK, this::fill)
            .summary("Fills the blanks of a text for one file; sends and keeps nothing.")
            .with(CaseNames.CASE)
            .takes("application/json", FillJson.class)
            .answers("application/json", FilledJson.class));
  }

  record TemplateList(List<TemplateJson> items) {}

  /**
   * A text by language; blanks are written as {@code {folio}}. Version 0, without author and time,
   * is what a pack brought.
   */
  record TemplateJson(
      String id,
      long version,
      String act,
      String title,
      Map<String, String> texts,
      boolean retired,
      @Nullable String author,
      @Nullable String at) {}

  record SaveJson(
      String office,
      long version,
      String act,
      String title,
      Map<String, String> texts,
      boolean retired) {}

  /** Texts by language: the applicant's language is taken, else one that there is. */
  record FillJson(Map<String, String> texts) {}

  /** What came out, in which language, and the blanks that nothing is known for. */
  record FilledJson(String language, String text, List<String> missing) {}

  private Reply list(Call call) {
    call.account();
    String office = call.query(CaseNames.OFFICE).orElse("");
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, office));
    return Reply.json(
        new TemplateList(
            templates.list(office, call.language()).stream().map(this::json).toList()));
  }

  private Reply versions(Call call) {
    call.account();
    List<Templates.Template> all = templates.versions(call.path(TEMPLATE));
    permissions.require(
        call,
        Permission.ofDepartment(CaseNames.WORK, all.isEmpty() ? "" : all.getFirst().office()));
    if (all.isEmpty()) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return Reply.json(new TemplateList(all.stream().map(this::json).toList()));
  }

  private Reply save(Call call) {
    call.account();
    SaveJson body = call.json(SaveJson.class);
    permissions.require(call, Permission.ofDepartment(CaseNames.WORK, body.office()));
    OfficeText.Act act =
        Arrays.stream(OfficeText.Act.values())
            .filter(one -> one.wireName().equals(body.act()))
            .findFirst()
            .orElseThrow(() -> wrong("act", "prevent|grant|refuse|ask|opine|visit"));
    String title = body.title().strip();
    if (title.isEmpty() || title.length() > LONGEST_TITLE) {
      throw wrong("title", "1 - " + LONGEST_TITLE);
    }
    Map<Language, String> texts = texts(body.texts());
    Set<String> unknown = new TreeSet<>();
    texts.values().forEach(text -> unknown.addAll(Blanks.unknown(text)));
    if (!unknown.isEmpty()) {
      throw wrong(
          "{" + String.join("}, {", unknown) + "}", "{" + String.join("}, {", Blanks.NAMES) + "}");
    }
    return CasesEndpoint.refusable(
        () ->
            Reply.json(
                json(
                    templates.save(
                        new Templates.Template(
                            call.path(TEMPLATE),
                            body.version(),
                            body.office(),
                            act,
                            title,
                            texts,
                            body.retired(),
                            call.account(),
                            desk.now())))));
  }

  private static Map<Language, String> texts(Map<String, String> given) {
    Map<Language, String> texts = new EnumMap<>(Language.class);
    given.forEach(
        (tag, text) -> {
          Language language =
              Arrays.stream(Language.values())
                  .filter(one -> one.tag().equals(tag))
                  .findFirst()
                  .orElseThrow(() -> wrong("texts", "es|pt|en"));
          if (!text.isBlank()) {
            texts.put(language, InboxEndpoint.said(text));
          }
        });
    if (texts.isEmpty()) {
      throw wrong("texts", "es|pt|en");
    }
    return texts;
  }

  private static ProblemException wrong(String name, String wanted) {
    return new ProblemException(Problem.invalidBody(LocalText.same("'" + name + "': " + wanted)));
  }

  private Reply fill(Call call) {
    CaseFile file = inbox.seen(call);
    Map<Language, String> texts = texts(call.json(FillJson.class).texts());
    boolean isOwn =
        permissions.allows(
            call, Permission.ofDepartment(CaseNames.WORK, file.getFiling().terms().office()));
    Language wanted = officers.find(file.applicant()).map(Person::language).orElse(call.language());
    Language language =
        Optional.of(wanted).filter(texts::containsKey).orElse(texts.keySet().iterator().next());
    Blanks.Filled filled =
        new Blanks(
                file,
                law,
                desk.now(),
                language,
                account -> officers.find(account).map(Person::name),
                call.account(),
                isOwn)
            .fill(texts.getOrDefault(language, ""));
    return Reply.json(new FilledJson(language.tag(), filled.text(), List.copyOf(filled.missing())));
  }

  private TemplateJson json(Templates.Template one) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      String text = one.texts().get(language);
      if (text != null) {
        texts.put(language.tag(), text);
      }
    }
    return new TemplateJson(
        one.id(),
        one.version(),
        one.act().wireName(),
        one.title(),
        texts,
        one.retired(),
        Optional.ofNullable(one.author()).flatMap(officers::find).map(Person::name).orElse(null),
        one.at() == null ? null : one.at().toString());
  }
}
