package org.tequio.procedure.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
  private final Permissions permissions;

  PaymentsEndpoint(CasePayments payments, Permissions permissions) {
    this.payments = payments;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/payments", "reportPayment", CaseNames.PAY, this::receive)
            .summary("A payment provider reports a payment, signed; reporting again is safe.")
            .takes("application/json", null)
            .answers("application/json", Map.class));
  }

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
    return Reply.json(Map.of("outcome", outcome));
  }
}
