package org.tequio.procedure.file;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;

/** Where the provider reports payments. */
final class PaymentsEndpoint {
  private static final long MAX_BYTES = 16 * 1024;
  private static final String SIGNATURE = "Tequio-Signature";

  private final CasePayments payments;
  private final CaseTables tables;
  private final Permissions permissions;

  PaymentsEndpoint(CasePayments payments, CaseTables tables, Permissions permissions) {
    this.payments = payments;
    this.tables = tables;
    this.permissions = permissions;
  }

  /** The report, and for trying out the payment itself. */
  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.post("/api/payments", "reportPayment", CaseNames.PAY, this::receive)
            .summary("A payment provider reports a payment, signed; reporting again is safe.")
            .takes("application/json", null)
            .answers("application/json", OutcomeJson.class));
    if (payments.isTrial()) {
      all.add(
          Endpoint.post(
                  "/api/cases/{case}/trial-payment", "payInTrial", CaseNames.OWN, this::tryOut)
              .summary("Pays in the sandbox: no money is taken, and all else happens.")
              .with(CaseNames.CASE)
              .takes("application/json", TrialJson.class)
              .answers("application/json", OutcomeJson.class));
    }
    return all;
  }

  /** What became of a payment; {@code trial} where no money changed hands. */
  record OutcomeJson(String outcome, boolean trial) {}

  /**
   * A payment to try out.
   *
   * @param id the same each time that it is tried
   * @param amount in whole units and cents, such as {@code 1250.50}; null for what is to be paid
   * @param paid when, such as after the reference has ended; null for now
   */
  record TrialJson(String id, @Nullable BigDecimal amount, @Nullable Instant paid) {}

  private Reply receive(Call call) throws IOException {
    permissions.require(call, Permission.of(CaseNames.PAY));
    byte[] body;
    try (var in = call.body(MAX_BYTES)) {
      body = in.readAllBytes();
    }
    String outcome =
        payments
            .receive(body, call.header(SIGNATURE).orElse(""))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            400,
                            "payment-unsigned",
                            new LocalText(
                                "Pago no firmado", "Pagamento não assinado", "Not signed"),
                            new LocalText(
                                "no consta que esto venga del proveedor de pagos, o es viejo",
                                "não consta que isto venha do provedor de pagamentos, ou é antigo",
                                "nothing shows that the payment provider sent this just now"))));
    return Reply.json(new OutcomeJson(outcome, payments.isTrial()));
  }

  private Reply tryOut(Call call) {
    CaseFile file = CasesEndpoint.mine(call, tables, permissions);
    TrialJson trial = call.json(TrialJson.class);
    BigDecimal amount = trial.amount();
    return CasesEndpoint.refusable(
        () ->
            Reply.json(
                new OutcomeJson(
                    payments
                        .tryOut(
                            file, trial.id(), amount == null ? null : cents(amount), trial.paid())
                        .orElseThrow(),
                    true)));
  }

  private static long cents(BigDecimal amount) {
    try {
      return amount.movePointRight(2).longValueExact();
    } catch (ArithmeticException e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'amount': se esperaban a lo más dos decimales",
                  "'amount': esperavam-se no máximo duas casas decimais",
                  "'amount': wanted at most two decimals")));
    }
  }
}
