package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"orders-value", "a@b", "50%", "x/y", ":.ctx:s", "@", "Ü"})
    void anAddressNamesWhatItWasMadeOf(String subject) {
        var version = SubjectName.version(subject, 12);

        assertThat(SubjectName.parse(version.address())).isEqualTo(version);
        assertThat(SubjectName.parse(SubjectName.subject(subject).address())).isEqualTo(SubjectName.subject(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@", "a@0", "a@-1", "a@01", "a@x", "a@99999999999", "a%", "a%2f", "a@1@2"})
    void whatIsNoAddressIsRefused(String address) {
        assertThatThrownBy(() -> SubjectName.parse(address)).isInstanceOf(ProblemException.class);
    }
}
