package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArtifactNameTest {
    @Test
    void addressesReadAsPeopleWriteThem() {
        assertThat(ArtifactName.artifact("default", "Order").address()).isEqualTo("default/Order");
        assertThat(ArtifactName.version("default", "Order", "2").address()).isEqualTo("default/Order@2");
        assertThat(ArtifactName.version("a/b", "c@d%", "1@/").address()).isEqualTo("a%2Fb/c%40d%25@1%40%2F");
    }

    @Property(tries = 300)
    void everyNameHasItsOwnAddress(@ForAll String group, @ForAll String artifact, @ForAll String version) {
        var plain = ArtifactName.artifact(group, artifact);
        var versioned = ArtifactName.version(group, artifact, version);

        assertThat(ArtifactName.parse(plain.address())).isEqualTo(plain);
        assertThat(ArtifactName.parse(versioned.address())).isEqualTo(versioned);
        assertThat(versioned.withoutVersion()).isEqualTo(plain);
    }

    @Test
    void otherTextsAreNoAddresses() {
        for (var text : new String[] {"", "Order", "a@1/b", "a/b/c", "a/b@1@2", "a/%2f", "a%/b"}) {
            assertThatThrownBy(() -> ArtifactName.parse(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("SCH-ADDRESS"));
        }
    }
}
