package org.tequio.catalogue.intake;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tequio.catalogue.dictionary.Words;

/**
 * Recognises columns that say something about people: by their names, and by the form of their
 * values. Names of institutions are no personal data, so a column that is only called "nombre" is
 * none either.
 */
final class PersonalData {
  private static final Set<String> DIRECT =
      Set.of(
          "telefono",
          "telefonos",
          "tel",
          "celular",
          "movil",
          "phone",
          "telephone",
          "fone",
          "telefone",
          "whatsapp",
          "correo",
          "correos",
          "email",
          "mail",
          "curp",
          "rfc",
          "cpf",
          "cnpj",
          "dni",
          "pasaporte",
          "passport",
          "placa",
          "placas",
          "apellido",
          "apellidos",
          "sobrenome",
          "surname",
          "nacimiento",
          "nascimento",
          "birthdate");

  private static final Set<String> ROLES =
      Set.of(
          "propietario",
          "propietaria",
          "propietarios",
          "titular",
          "titulares",
          "solicitante",
          "dueno",
          "duena",
          "contribuyente",
          "contribuinte",
          "poseedor",
          "arrendatario",
          "beneficiario",
          "ciudadano",
          "ciudadana",
          "denunciante",
          "quejoso",
          "requerente",
          "proprietario",
          "owner",
          "applicant",
          "inquilino",
          "locatario");

  private static final Set<String> NOT_A_PERSON =
      Set.of("tipo", "num", "numero", "total", "cve", "id", "clave", "giro", "fecha", "uso");

  /** Counts of homes with a telephone say nothing about anyone. */
  private static final Set<String> COUNTED =
      Set.of(
          "hogares",
          "viviendas",
          "domicilios",
          "households",
          "total",
          "cantidad",
          "porcentaje",
          "pct",
          "promedio",
          "indice",
          "tasa",
          "quantidade");

  private static final Pattern E_MAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
  private static final Pattern CURP = Pattern.compile("[A-Z]{4}\\d{6}[HMX][A-Z]{5}[0-9A-Z]\\d");
  private static final Pattern RFC_OF_A_PERSON = Pattern.compile("[A-ZÑ&]{4}\\d{6}[A-Z0-9]{3}");

  private PersonalData() {}

  /** Why the name of a column says that it is personal; empty where it does not. */
  static Optional<String> byName(String column) {
    List<String> words = Words.of(column);
    if (words.stream().anyMatch(COUNTED::contains)) {
      return Optional.empty();
    }
    boolean thing = words.stream().anyMatch(NOT_A_PERSON::contains);
    for (String word : words) {
      if (DIRECT.contains(word) || ROLES.contains(word) && !thing) {
        return Optional.of("the column's name says '" + word + "'");
      }
    }
    if (words.contains("ap") && (words.contains("paterno") || words.contains("materno"))
        || words.contains("nombre") && words.contains("completo")) {
      return Optional.of("the column's name says that it names a person");
    }
    return Optional.empty();
  }

  /**
   * What a value is by its form: an e-mail address, a CURP, an RFC of a person, a CPF; or empty.
   */
  static String byValue(String text) {
    int n = text.length();
    if (text.indexOf('@') > 0) {
      return E_MAIL.matcher(text.strip()).matches() ? "e-mail addresses" : "";
    }
    if (n == 18 && Character.isLetter(text.charAt(0)) && CURP.matcher(text).matches()) {
      return "CURP";
    }
    if (n == 13 && Character.isLetter(text.charAt(0)) && RFC_OF_A_PERSON.matcher(text).matches()) {
      return "RFC of persons";
    }
    if ((n == 14 && text.charAt(3) == '.' && text.charAt(11) == '-' || n == 11) && isCpf(text)) {
      return "CPF";
    }
    return "";
  }

  /** A Brazilian CPF: eleven digits, the last two of which check the others. */
  private static boolean isCpf(String text) {
    int[] digits = new int[11];
    int n = 0;
    boolean same = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (n == 11) {
          return false;
        }
        digits[n] = c - '0';
        same &= digits[n] == digits[0];
        n++;
      } else if (c != '.' && c != '-') {
        return false;
      }
    }
    return n == 11 && !same && check(digits, 9) == digits[9] && check(digits, 10) == digits[10];
  }

  private static int check(int[] digits, int upTo) {
    int sum = 0;
    for (int i = 0; i < upTo; i++) {
      sum += digits[i] * (upTo + 1 - i);
    }
    int rest = sum * 10 % 11;
    return rest == 10 ? 0 : rest;
  }
}
