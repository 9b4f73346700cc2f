package org.tequio.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * Something that people may ask of the city (trámite), whole.
 *
 * @param id in all packs
 * @param name what people read
 * @param description what it is for, in plain words
 * @param kind what it ends in
 * @param handling who decides
 * @param who may ask for it
 * @param office who handles it, by its id in the pack, unless a rule leads elsewhere
 * @param inputs the questions, in the order in which they are asked
 * @param documents the papers
 * @param facts what is known of the place, each by those before it
 * @param rules in the order in which people read them
 * @param fee what it costs
 * @param deadline in what term it must be resolved; null where the city has not said
 * @param prevention the office's right to ask for completion; null where there is none
 * @param silence what it means that nobody resolved in the term
 * @param steps of those who handle it
 * @param result what comes out
 * @param writeBack what it changes on the map
 * @param service what holds for it as a service request; null where it is none
 * @param sources where all this was read
 * @param examples cases with what must come out
 */
public record Procedure(
    ProcedureId id,
    LocalText name,
    LocalText description,
    Kind kind,
    Handling handling,
    LocalText who,
    String office,
    List<Input> inputs,
    List<Document> documents,
    List<Fact> facts,
    List<Rule> rules,
    Fee fee,
    @Nullable Deadline deadline,
    @Nullable Prevention prevention,
    Silence silence,
    List<Step> steps,
    Result result,
    List<WriteTerms> writeBack,
    @Nullable ServiceTerms service,
    List<String> sources,
    List<Example> examples) {

  /** Copies the lists. */
  public Procedure {
    inputs = List.copyOf(inputs);
    documents = List.copyOf(documents);
    facts = List.copyOf(facts);
    rules = List.copyOf(rules);
    steps = List.copyOf(steps);
    writeBack = List.copyOf(writeBack);
    sources = List.copyOf(sources);
    examples = List.copyOf(examples);
  }

  /** One of its questions. */
  public Optional<Input> findInput(String input) {
    return inputs.stream().filter(one -> one.id().equals(input)).findFirst();
  }

  /** The same with these rules. */
  public Procedure withRules(List<Rule> others) {
    return new Procedure(
        id,
        name,
        description,
        kind,
        handling,
        who,
        office,
        inputs,
        documents,
        facts,
        others,
        fee,
        deadline,
        prevention,
        silence,
        steps,
        result,
        writeBack,
        service,
        sources,
        examples);
  }

  /** On what its figures and rules stand, those of the rules first. */
  public List<Basis> listBases() {
    List<Basis> bases = new ArrayList<>(rules.stream().map(Rule::basis).toList());
    Stream.of(
            fee.basis(),
            deadline == null ? null : deadline.basis(),
            prevention == null ? null : prevention.basis(),
            silence.basis(),
            service == null ? null : service.basis(),
            result.basis())
        .filter(Objects::nonNull)
        .forEach(bases::add);
    return bases;
  }

  /** True where the city still has to confirm something of it, or to say its term or fee. */
  public boolean isToBeConfirmed() {
    return fee instanceof Fee.Unstated
        || deadline == null
        || listBases().stream().anyMatch(basis -> !basis.confirmed());
  }
}
