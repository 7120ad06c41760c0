package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Finding;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the bytes are: a bundle or findings with a code, never an exception. */
class AnyBytesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("any-bytes");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 500)
    void randomBytesAreAnswered(@ForAll @Size(max = 200) byte[] bytes) {
        var content = YamlReader.standard().read(bytes, "f.yaml");

        assertThat(content.findings()).allSatisfy(AnyBytesTest::hasCodeAndText);
        assertThat(EnvironmentsFile.read(bytes, "f.yaml").environments()).isEmpty();
    }

    @Property(tries = 300)
    void aManifestWithDamageIsReadOrRefusedAsAWhole(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var source = EXAMPLES.resolve("shop/production-now/acls.yaml");
        var file = folder.resolve("damaged.yaml");
        Files.write(file, damaged(Files.readAllBytes(source), random));

        var loaded = Manifests.load(file);

        assertThat(loaded.findings()).allSatisfy(AnyBytesTest::hasCodeAndText);
        assertThat(loaded.bundle().isPresent())
                .isEqualTo(loaded.findings().stream().noneMatch(Finding::stops));
    }

    @Property(tries = 200)
    void anEnvironmentsFileWithDamageIsReadOrRefused(@ForAll long seed) throws IOException {
        var bytes = damaged(Files.readAllBytes(EXAMPLES.resolve("environments.yaml")), new Random(seed));

        var loaded = EnvironmentsFile.read(bytes, "environments.yaml");

        assertThat(loaded.findings()).allSatisfy(AnyBytesTest::hasCodeAndText);
        assertThat(loaded.environments().isPresent())
                .isEqualTo(loaded.findings().stream().noneMatch(Finding::stops));
    }

    private static void hasCodeAndText(Finding finding) {
        assertThat(finding.problem().code()).matches("(YML|MAN|BND|ACL|TOP|SCH|ENV)-[A-Z-]+");
        assertThat(finding.problem().message()).isNotBlank();
        assertThat(finding.file()).isNotEmpty();
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        var signs = ":-[]{}&*!|>'\"%@` \n#?,~\t0a".toCharArray();
        var damaged = Arrays.copyOf(bytes, random.nextInt(10) == 0 ? random.nextInt(bytes.length) : bytes.length);
        for (int i = 0; i <= random.nextInt(4) && damaged.length > 0; i++) {
            damaged[random.nextInt(damaged.length)] =
                    random.nextInt(8) == 0 ? (byte) random.nextInt(256) : (byte) signs[random.nextInt(signs.length)];
        }
        return damaged;
    }
}
