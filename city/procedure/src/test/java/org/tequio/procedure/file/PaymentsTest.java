package org.tequio.procedure.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.procedure.file.TrialOffice.at;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.procedure.SharedSecret;
import org.tequio.procedure.payment.PaymentEvent;
import org.tequio.procedure.payment.SandboxPayments;

/** Nothing is filed unpaid, and nothing is taken twice. */
class PaymentsTest {
  private static final long FEE = 125_050;

  @TempDir Path folder;
  private TrialOffice city;
  private String bruno = "";
  private CaseFile waiting;
  private String reference = "";

  @BeforeEach
  void open() {
    city = TrialOffice.create(folder, "2025-09-12T10:00");
    bruno = city.person("bruno");
    waiting = city.desk().file("c1", city.draft("c1", "pr.cara", bruno, "tower").version(), bruno);
    reference = TrialOffice.reference(waiting);
  }

  @AfterEach
  void close() {
    city.close();
  }

  private String state() {
    return city.find("c1").state().wireName();
  }

  private String receive(byte[] body, String signature) {
    return Objects.requireNonNull(city.files.payments()).receive(body, signature).orElse("refused");
  }

  private SandboxPayments.Callback callback() {
    return city.sandbox.report(
        new PaymentEvent("evt", reference, FEE, "MXN", city.clock.instant()), city.clock.instant());
  }

  @Test
  void whatNobodySignedOrSomebodyChangedIsRefused() {
    SandboxPayments.Callback right = callback();
    byte[] changed = right.body().clone();
    changed[changed.length / 2] ^= 1;
    SandboxPayments stranger =
        new SandboxPayments(
            new SharedSecret("a secret of somebody else's making".getBytes(US_ASCII)));
    var forged =
        stranger.report(
            new PaymentEvent("evt", reference, FEE, "MXN", city.clock.instant()),
            city.clock.instant());

    assertThat(receive(right.body(), "")).isEqualTo("refused");
    assertThat(receive(changed, right.signature())).isEqualTo("refused");
    assertThat(receive(forged.body(), forged.signature())).isEqualTo("refused");
    assertThat(receive(right.body(), right.signature().replace("t=1", "t=2"))).isEqualTo("refused");
    assertThat(state()).isEqualTo("awaiting-payment");
  }

  @Test
  void aCallbackPlayedAgainLaterIsRefusedAndOneReportedAgainChangesNothing() {
    SandboxPayments.Callback once = callback();

    assertThat(receive(once.body(), once.signature())).isEqualTo("paid");
    CaseFile filed = city.find("c1");
    assertThat(receive(once.body(), once.signature())).isEqualTo("duplicate");
    city.clock.moveTo("2025-09-12T10:10");
    assertThat(receive(once.body(), once.signature())).isEqualTo("refused");
    assertThat(city.pay("evt", reference, FEE, at("2025-09-12T10:00"))).isEqualTo("duplicate");

    assertThat(city.find("c1")).isEqualTo(filed);
    assertThat(filed.state()).isEqualTo(new CaseState.Filed());
    assertThat(filed.getFiling().payment()).isEqualTo(reference);
  }

  @Test
  void anotherAmountFilesNothingAndTheRightOneStillDoes() {
    assertThat(city.pay(city.newEvent(), reference, FEE - 1, city.clock.instant()))
        .isEqualTo("wrong-amount");
    assertThat(state()).isEqualTo("awaiting-payment");

    assertThat(city.pay(city.newEvent(), reference, FEE, city.clock.instant())).isEqualTo("paid");
    assertThat(state()).isEqualTo("filed");
  }

  @Test
  void aSecondPaymentIsKeptToBeGivenBack() {
    city.pay(city.newEvent(), reference, FEE, city.clock.instant());
    String folio = city.folio("c1");

    assertThat(city.pay(city.newEvent(), reference, FEE, city.clock.instant()))
        .isEqualTo("surplus");
    assertThat(city.folio("c1")).isEqualTo(folio);
    assertThat(city.desk().tables().history("c1").getLast().verb()).isEqualTo(Verb.PAYMENT_ASIDE);
  }

  @Test
  void whoPaidInTimeHasFiledThenHoweverLateTheProviderSaysSo() {
    Instant paid = at("2025-09-12T14:30");
    city.clock.moveTo("2025-09-17T09:00");

    city.pay(city.newEvent(), reference, FEE, paid);

    assertThat(city.find("c1").getFiling().at()).isEqualTo(paid);
    assertThat(city.desk().tables().history("c1").getLast().at()).isEqualTo(at("2025-09-17T09:00"));
  }

  @Test
  void aPaymentAfterTheReferenceHasEndedFilesNothing() {
    city.clock.moveTo("2025-11-12T10:00");

    assertThat(city.pay(city.newEvent(), reference, FEE, city.clock.instant())).isEqualTo("late");
    assertThat(state()).isEqualTo("awaiting-payment");
  }

  @Test
  void whatWasTakenBackIsADraftAgainAndItsReferencePaysNothing() {
    CaseFile draft = city.desk().withdraw("c1", waiting.version(), bruno);
    CaseFile again = city.desk().file("c1", draft.version(), bruno);

    assertThat(TrialOffice.reference(again)).isNotEqualTo(reference);
    assertThat(city.pay(city.newEvent(), reference, FEE, city.clock.instant())).isEqualTo("late");
    assertThat(city.pay(city.newEvent(), "000000000099-11", FEE, city.clock.instant()))
        .isEqualTo("unknown");
    assertThat(state()).isEqualTo("awaiting-payment");
  }

  @Test
  void aReferenceReadOutWrongIsFoundByItsCheckDigits() {
    assertThat(CheckDigits.areRight(reference)).isTrue();
    assertThat(CheckDigits.areRight(CheckDigits.written(" " + reference.replace("-", " - "))))
        .isTrue();
    assertThat(CheckDigits.areRight(reference.replace("1", "7"))).isFalse();
  }

  @Test
  void asLongAsItIsNotPaidNobodyWorksOnIt() {
    String alicia = city.person("alicia", TrialOffice.OFFICE);

    assertThatThrownBy(() -> city.desk().assign("c1", waiting.version(), alicia, alicia))
        .isInstanceOf(CaseRefused.class);
    assertThatThrownBy(() -> city.desk().decide("c1", waiting.version(), alicia, true, "sí"))
        .isInstanceOf(CaseRefused.class);
  }
}
