package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalAddressTest {
    @ParameterizedTest
    @CsvSource({
        "bucket-policy, orders, bucket-policy/orders",
        "route, a/b, route/a%2Fb",
        "route, 100%, route/100%25",
        "route, ü €, route/ü €",
    })
    void itIsReadAsItIsWritten(String type, String address, String text) {
        var name = new ExternalAddress(type, address);

        assertThat(name.text()).isEqualTo(text);
        assertThat(ExternalAddress.parse(text)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a", "a/", "a/b/c", "a/b%", "a/b%2f", "a/b%41"})
    void whatIsNeverWrittenIsNotRead(String text) {
        assertThatThrownBy(() -> ExternalAddress.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("EXT-ADDRESS"));
    }

    @Test
    void entriesOfOneTypeStandTogether() {
        assertThat(new ExternalAddress("a", "z").text()).isLessThan(new ExternalAddress("b", "a").text());
    }
}
