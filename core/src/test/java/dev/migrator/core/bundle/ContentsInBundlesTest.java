package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.suppressing;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.bundle.TestSettings.mapping;
import static dev.migrator.core.bundle.TestSettings.overlay;
import static dev.migrator.core.bundle.TestSettings.patching;
import static dev.migrator.core.bundle.TestSettings.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.Compatibility;
import dev.migrator.core.contents.SchemaLanguage;
import dev.migrator.core.contents.SchemaLanguages;
import dev.migrator.core.contents.SchemaText;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contents of schemas are judged as each environment gets them; with a language in which "x" is wrong. */
class ContentsInBundlesTest {
    /** Of two texts, the longer one reads the shorter one. */
    private static final class Lengths implements SchemaLanguage {
        final List<String> checked = new ArrayList<>();

        @Override
        public String type() {
            return "PROTOBUF";
        }

        @Override
        public List<Finding> check(SchemaText schema) {
            checked.add(schema.content());
            return schema.content().contains("x")
                    ? List.of(Finding.error(Problem.of("SCH-INVALID", "not so").found("x")))
                    : List.of();
        }

        @Override
        public Compatibility compare(SchemaText reader, SchemaText writer) {
            if (reader.content().contains("?")) {
                return new Compatibility.Unknown("what nobody knows");
            }
            return reader.content().length() >= writer.content().length()
                    ? new Compatibility.Compatible()
                    : new Compatibility.Incompatible(List.of("shorter"));
        }
    }

    private final Lengths lengths = new Lengths();

    @Test
    void whatIsWrongStopsTheBundleWhereItStands() {
        var sourced = new SourcedManifest(schema("1", "ax"), "s.yaml", 1, Map.of("/spec/content", 7));

        var result = BundleReader.read(List.of(sourced), languages());

        assertThat(result.valid()).isFalse();
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("SCH-INVALID");
            assertThat(finding.problem().thing()).isEqualTo("Schema/order-1, spec.content");
            assertThat(finding.file() + ":" + finding.line()).isEqualTo("s.yaml:7");
        });
        assertThat(BundleReader.read(List.of(sourced)).valid()).isTrue();
    }

    @Test
    void aBundleThatSomebodyElseMadeIsJudgedAsWell() {
        var bundle = BundleReader.read(Value.array(List.of(schema("1", "ax"))))
                .bundle()
                .orElseThrow();

        assertThat(BundleReader.read(bundle.bytes(), bundle.digest(), languages())
                        .valid())
                .isFalse();
    }

    @Test
    void eachEnvironmentIsJudgedByWhatItGetsAndOneTextOnlyOnce() {
        var result = read(
                schema("1", "a"),
                schema("2", "abc"),
                patching("production", "{'name':'order-2'}", "{'spec':{'content':'x'}}"),
                overlay("t", "test", "{}", "[{'select':{'name':'order-1'},'patch':{'labels':{'a':'b'}}}]"));

        assertThat(TestManifests.codes(result))
                .containsExactly("SCH-INVALID Schema/order-2, spec.content, in production");
        assertThat(lengths.checked).containsExactlyInAnyOrder("a", "abc", "x");
    }

    @Test
    void versionsAreComparedUnderTheNamesOfTheirEnvironment() {
        var one = with(schema("1", "abc"), "metadata", json("{'name':'one'}"));
        var two = with(schema("2", "a"), "metadata", json("{'name':'two'}"));
        var map = mapping("production", rule("address", "(.*)", "p.$1", "a", "p.a"));

        assertThat(TestManifests.codes(read(one, two, map))).allMatch(code -> code.startsWith("SCH-INCOMPATIBLE"));
        assertThat(read(one, two, map).valid()).isFalse();
    }

    @Test
    void whatIsSuppressedStopsNoEnvironmentAndWhatIsUncheckedIsCounted() {
        var result = read(suppressing(schema("1", "ax"), "SCH-INVALID"), schema("2", "abc?"), schema("3", "abcd?"));

        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed()).hasSize(1);
        assertThat(result.unchecked()).isEqualTo(Map.of("what nobody knows", 1));
        var resolved = result.bundle().orElseThrow().resolve("production");
        assertThat(resolved.stops()).isFalse();
        assertThat(resolved.unchecked()).isEqualTo(Map.of("what nobody knows", 1));
    }

    private BundleReader.Result read(Value.Obj... manifests) {
        return BundleReader.read(Value.array(Arrays.asList(manifests)), languages());
    }

    private SchemaLanguages languages() {
        return new SchemaLanguages(List.of(lengths));
    }

    private static Value.Obj schema(String version, String content) {
        return manifest(
                "Schema",
                "order-" + version,
                "{'artifactId':'order','type':'PROTOBUF','version':'" + version + "','content':'" + content
                        + "','rules':{'COMPATIBILITY':'BACKWARD'}}");
    }
}
