package dev.migrator.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class BrieflyTest {
    @Property
    void aTextTakesNoMoreThanItsBytesWhateverItIs(@ForAll @StringLength(max = 500) String text) {
        var brief = Briefly.of(text);

        assertThat(brief.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Briefly.MOST_BYTES);
        assertThat(new String(brief.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(brief);
        assertThat(brief.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void aTextThatFitsStaysAsItIsAndALongerOneShowsThatItWasCut() {
        assertThat(Briefly.of("")).isEmpty();
        assertThat(Briefly.of("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Briefly.of("x".repeat(201))).isEqualTo("x".repeat(197) + "…");
        assertThat(Briefly.of("😀".repeat(51))).isEqualTo("😀".repeat(49) + "…");
        assertThat(Briefly.of("two\nlines")).isEqualTo("two lines");
    }
}
