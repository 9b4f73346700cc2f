package org.tequio.feature.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LikePatternTest {
  @Property(tries = 5000)
  void saysWhatARegularExpressionSays(
      @ForAll @Chars({'a', 'b', '%', '_', '\\'}) @StringLength(max = 12) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @Chars({'%', '_', '\\'}) @StringLength(max = 12)
          String text) {
    assertThat(LikePattern.of(pattern).matches(text))
        .isEqualTo(regex(pattern).matcher(text).matches());
  }

  @Property(tries = 300)
  void longPatternsPassTheBordersOfWords(
      @ForAll @Chars({'a', 'b', '%', '_'}) @StringLength(min = 60, max = 200) String pattern,
      @ForAll @Chars({'a', 'b'}) @StringLength(min = 60, max = 200) String text) {
    String like = pattern.replaceAll("%+", "%");
    assertThat(LikePattern.of(like).matches(text))
        .isEqualTo(slow(like, 0, text, 0, new Boolean[201][201]));
    String fitting = text.replace('a', '_') + "%";
    assertThat(LikePattern.of(fitting).matches(text + "anything")).isTrue();
  }

  @Test
  void oneCharacterIsOneCharacterWhateverItsBytes() {
    assertThat(LikePattern.of("_").matches("😀")).isTrue();
    assertThat(LikePattern.of("__").matches("😀")).isFalse();
    assertThat(LikePattern.of("").matches("")).isTrue();
    assertThat(LikePattern.of("").matches("a")).isFalse();
    assertThat(LikePattern.of("%").matches("")).isTrue();
    assertThat(LikePattern.of("a\\").matches("a\\")).isTrue();
  }

  private static Pattern regex(String like) {
    String unescaped =
        like.codePoints().mapToObj(Character::toString).collect(Collectors.joining());
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < unescaped.length(); i++) {
      char c = unescaped.charAt(i);
      if (c == '\\' && i + 1 < unescaped.length()) {
        regex.append(Pattern.quote("" + unescaped.charAt(++i)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote("" + c));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static boolean slow(String like, int i, String text, int j, Boolean[][] known) {
    if (i == like.length()) {
      return j == text.length();
    }
    if (known[i][j] == null) {
      char c = like.charAt(i);
      boolean here = j < text.length() && (c == '_' || c == text.charAt(j));
      known[i][j] =
          c == '%'
              ? slow(like, i + 1, text, j, known)
                  || j < text.length() && slow(like, i, text, j + 1, known)
              : here && slow(like, i + 1, text, j + 1, known);
    }
    return known[i][j];
  }
}
