package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.format.FormattedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartersTest {
    static Stream<String> kinds() {
        return ManifestSchemas.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIsValidWithoutAWarningAndCanonical(String kind, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("new.yaml"), Starters.of(kind, "orders", "staging"));

        var loaded = Manifests.load(folder);

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.bundle().orElseThrow().resolve("staging").findings()).isEmpty();
        assertThat(FormattedFile.below(folder))
                .isEqualTo(new FormattedFile.Result(java.util.List.of(), java.util.List.of()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIsOfItsKindAndName(String kind) {
        assertThat(Starters.of(kind, "my.orders", "staging"))
                .contains("kind: " + kind + "\n", "\n  name: my.orders\n")
                .doesNotContain("NAME", "ENVIRONMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "TOPIC", "smoke-check", "smokecheck"})
    void kindsAreKnownInAnyCase(String written) {
        assertThat(ManifestSchemas.kinds()).contains(Starters.kind(written));
    }

    @Test
    void anUnknownKindIsAnErrorThatSaysWhichWasProbablyMeant() {
        assertThatThrownBy(() -> Starters.kind("Tpic")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("CLI-KIND");
            assertThat(e.problem().todo()).isEqualTo("migrator new Topic");
            assertThat(e.problem().expected()).contains("Acl, ", "KafkaUser, ", "Overlay, ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../a", "a\nspec: {}"})
    void aNameThatNoManifestCanHaveIsRefused(String name) {
        assertThatThrownBy(() -> Starters.of("Topic", name, "staging"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("CLI-NAME"));
    }
}
