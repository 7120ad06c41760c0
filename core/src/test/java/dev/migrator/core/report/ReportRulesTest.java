package dev.migrator.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import org.junit.jupiter.api.Test;

class ReportRulesTest {
    private static final Digest BYTES = Digest.ofText("outcomes");

    @Test
    void aWholeDigestInAKeyIsComparedToItsLastDigit() {
        var hex = BYTES.hex();
        var last = hex.charAt(63) == '0' ? '1' : '0';

        assertThat(ReportRules.isNamedBy("outcomes/outcomes-7-" + hex + ".json", BYTES))
                .isTrue();
        assertThat(ReportRules.isNamedBy("outcomes/outcomes-7-" + hex.substring(0, 63) + last + ".json", BYTES))
                .as("bytes that share all but the last digit of the digest")
                .isFalse();
        assertThat(ReportRules.isNamedBy("outcomes/outcomes-7-" + hex, BYTES)).isFalse();
    }

    @Test
    void aKeyOfAnEarlierVersionHoldsOnlyTheBeginning() {
        assertThat(ReportRules.isNamedBy("evidence-1-0-" + BYTES.brief() + ".json", BYTES))
                .isTrue();
        assertThat(ReportRules.isNamedBy("evidence-1-0-" + BYTES.hex().substring(0, 7) + ".json", BYTES))
                .as("less than a version ever wrote")
                .isFalse();
        assertThat(ReportRules.isNamedBy("evidence-1-0.json", BYTES)).isFalse();
    }
}
