package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tequio.procedure.payment.PaymentEvent;
import org.tequio.storage.Sql;

/** Orders to pay, and every payment that was reported, inside transactions of the callers. */
final class PaymentTables {
  private PaymentTables() {}

  /** What became of a reported payment. */
  enum Outcome {
    /** It paid its order. */
    PAID,
    /** It was reported before. */
    DUPLICATE,
    /** Its order was paid already: to be given back. */
    SURPLUS,
    /** Of another amount or currency: to be given back or completed. */
    WRONG_AMOUNT,
    /** Its order had ended: to be given back. */
    LATE,
    /** No order has this reference. */
    UNKNOWN;

    /** The name on the wire. */
    String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** An order. */
  record Order(
      String reference, String caseFile, long cents, String currency, Instant until, String state) {
    boolean isWaiting() {
      return state.equals("waiting");
    }
  }

  /** A new order under a reference of its own. */
  static Order order(
      Connection connection, String caseFile, long cents, String currency, Instant until)
      throws SQLException {
    long number =
        Sql.number(connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM procedure_payment");
    String reference = CheckDigits.append(String.format(Locale.ROOT, "%012d", number));
    Sql.update(
        connection,
        "INSERT INTO procedure_payment (reference, number, case_id, cents, currency, until, state)"
            + " VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
        reference,
        number,
        caseFile,
        cents,
        currency,
        until.toString());
    return new Order(reference, caseFile, cents, currency, until, "waiting");
  }

  static Optional<Order> find(Connection connection, String reference) throws SQLException {
    return Sql.first(
        connection,
        row ->
            new Order(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.parse(row.getString(5)),
                row.getString(6)),
        "SELECT reference, case_id, cents, currency, until, state FROM procedure_payment"
            + " WHERE reference = ?",
        reference);
  }

  static void end(Connection connection, String reference, String state) throws SQLException {
    Sql.update(
        connection, "UPDATE procedure_payment SET state = ? WHERE reference = ?", state, reference);
  }

  static boolean isKnown(Connection connection, String event) throws SQLException {
    return Sql.number(
            connection, "SELECT COUNT(*) FROM procedure_payment_event WHERE id = ?", event)
        > 0;
  }

  static void note(Connection connection, PaymentEvent event, Instant received, Outcome outcome)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO procedure_payment_event"
            + " (id, reference, cents, currency, paid, received, outcome)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        event.id(),
        event.reference(),
        event.cents(),
        event.currency(),
        event.paid().toString(),
        received.toString(),
        outcome.name());
  }

  /** What became of the payments reported under a reference, in the order of their coming. */
  static List<String> outcomes(Connection connection, String reference) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString(1),
        "SELECT outcome FROM procedure_payment_event WHERE reference = ? ORDER BY received, id",
        reference);
  }
}
