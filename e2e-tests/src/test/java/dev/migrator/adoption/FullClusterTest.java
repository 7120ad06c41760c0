package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.server.KafkaSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported of a full cluster plans to no change, and lacks nothing but what is named as left out. */
class FullClusterTest {
    private static int[] filled;

    @TempDir
    Path folder;

    @BeforeAll
    static void fill() throws Exception {
        filled = FullCluster.fill(RealTargets.FULL);
    }

    @Test
    void exportingAFullClusterAndPlanningItBackChangesNothing() throws Exception {
        var targets = RealTargets.withRegistry(folder, RealTargets.FULL, KafkaSpec.ADMIN);
        var meta = folder.resolve("meta");

        var exported = Cli.run("export", "--target", targets.toString(), "-d", meta.toString());
        assertThat(exported.code()).as(exported.all()).isEqualTo(ExitCode.OK);
        assertThat(exported.err().lines().filter(line -> line.startsWith("warning EXP-LEFT-OUT")))
                .hasSize(FullCluster.RULES_NO_MANIFEST_CAN_SAY);
        assertThat(exported.err().lines().filter(line -> line.contains("thing ")))
                .allMatch(line -> line.contains("User: leading space"));

        var valid = Cli.run("validate", meta.toString());
        assertThat(valid.code()).as(valid.all()).isEqualTo(ExitCode.OK);
        assertThat(valid.out()).contains("1 finding suppressed, 1 of them an error");

        var planned = Cli.run("plan", meta.toString(), "--target", targets.toString(), "--exit-code");
        assertThat(planned.code()).as(planned.all()).isEqualTo(ExitCode.OK);
        assertThat(planned.out()).contains("nothing to do");

        var compared = Cli.run("diff", "dir:" + meta, "target:" + targets, "-o", "json")
                .json();
        assertThat(((Value.Arr) compared.get("differences")).items()).isEmpty();
        assertThat(compared.get("notManaged"))
                .as("everything else that is there is managed")
                .isEqualTo(Value.of(FullCluster.RULES_NO_MANIFEST_CAN_SAY));
        int versions = 40 * 3 + 3;
        int artifacts = 40 * 2 + 3;
        int groups = 1;
        assertThat(compared.get("same"))
                .isEqualTo(Value.of(
                        filled[0] + filled[1] - FullCluster.RULES_NO_MANIFEST_CAN_SAY + versions + artifacts + groups));
    }

    /** The other way round: what was exported is all that an empty cluster needs to become the same. */
    @Test
    void whatIsExportedMakesAnEmptyClusterTheSame() throws Exception {
        var full = RealTargets.targetsFile(folder, RealTargets.FULL, KafkaSpec.ADMIN);
        var empty = RealTargets.targetsFile(folder, RealTargets.EMPTY, KafkaSpec.ADMIN);
        var meta = folder.resolve("meta");
        assertThat(Cli.run("export", "--target", full.toString(), "-d", meta.toString())
                        .code())
                .isEqualTo(ExitCode.OK);

        var operations = Applying.manifests(meta, empty, RealTargets.brokers().adminConfig(RealTargets.EMPTY));

        assertThat(operations).isEqualTo(filled[0] + filled[1] - FullCluster.RULES_NO_MANIFEST_CAN_SAY);
        var compared = Cli.run("diff", "target:" + full, "target:" + empty, "-o", "json")
                .json();
        var differences = ((Value.Arr) compared.get("differences")).items();
        assertThat(differences)
                .hasSize(FullCluster.RULES_NO_MANIFEST_CAN_SAY)
                .allMatch(difference -> difference.toString().contains("User: leading space"));
    }

    @Test
    void aSettingThatIsInheritedIsNotWrittenAndOneThatIsSetToTheSameValueIs() throws Exception {
        var targets = RealTargets.targetsFile(folder, RealTargets.FULL, KafkaSpec.ADMIN);
        var meta = folder.resolve("meta");

        assertThat(Cli.run("export", "--target", targets.toString(), "-d", meta.toString())
                        .code())
                .isEqualTo(ExitCode.OK);

        var explicit = Files.readString(meta.resolve("topics/full.domain-5.topic_005.v1.yaml"));
        var inherited = Files.readString(meta.resolve("topics/full.domain-1.topic_001.v1.yaml"));
        assertThat(explicit).contains("segment.bytes: \"1073741824\"");
        assertThat(inherited).doesNotContain("config", "segment.bytes", "retention.ms");
    }
}
