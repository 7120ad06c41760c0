package dev.migrator.manifests.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import org.junit.jupiter.api.Test;

/** Every other character stays: a reviewer sees what was meant. */
class YamlTextTest {
    private static final String TOPIC = """
            # the orders
            kind: Topic   # of the shop
            metadata: {name: orders, labels: {tier: gold}}
            spec:
              partitions: 3
              config:
                # a month
                retention.ms: "2592000000"   # not more
                cleanup.policy: delete

                min.insync.replicas: 2

            # the end
            """;

    @Test
    void aValueIsChangedInItsPlace() {
        assertThat(set(TOPIC, "/spec/partitions", Value.of(6)))
                .isEqualTo(TOPIC.replace("partitions: 3", "partitions: 6"));
        assertThat(set(TOPIC, "/spec/config/retention.ms", Value.of("1000")))
                .isEqualTo(TOPIC.replace("\"2592000000\"   #", "\"1000\"   #"));
        assertThat(set(TOPIC, "/spec/config/cleanup.policy", Value.of("compact,delete")))
                .isEqualTo(TOPIC.replace("policy: delete", "policy: compact,delete"));
        assertThat(set(TOPIC, "/metadata/labels/tier", Value.of("a: b")))
                .isEqualTo(TOPIC.replace("tier: gold", "tier: \"a: b\""));
    }

    @Test
    void aNumberStaysANumber() {
        assertThat(new YamlText(TOPIC)
                        .with(0, new Edit.Set("/spec/config/min.insync.replicas", Value.of(1)))
                        .orElseThrow()
                        .text())
                .isEqualTo(TOPIC.replace("replicas: 2", "replicas: 1"));
    }

    @Test
    void aNewValueGoesToTheEndOfItsMapping() {
        assertThat(set(TOPIC, "/spec/config/segment.ms", Value.of("5")))
                .isEqualTo(TOPIC.replace("replicas: 2\n", "replicas: 2\n    segment.ms: \"5\"\n"));
        assertThat(set(TOPIC, "/metadata/labels/team", Value.of("shop")))
                .isEqualTo(TOPIC.replace("tier: gold", "tier: gold, team: shop"));
        assertThat(set(TOPIC, "/spec/rules/VALIDITY", Value.of("FULL")))
                .isEqualTo(TOPIC.replace("replicas: 2\n", "replicas: 2\n  rules:\n    VALIDITY: FULL\n"));
        assertThat(set("spec: {}\n", "/spec/config/a", Value.of("b"))).isEqualTo("spec: {config: {a: b}}\n");
        assertThat(set("spec: { }\n", "/spec/a", Value.of(true))).isEqualTo("spec: {a: true}\n");
        assertThat(set("a: 1", "/b", Value.of(2))).isEqualTo("a: 1\nb: 2\n");
    }

    @Test
    void aBlockOfTextStaysWhole() {
        var text = "spec:\n  content: |\n    one\n\n    two\n\nstate: absent\n";

        assertThat(set(text, "/spec/version", Value.of("x")))
                .isEqualTo("spec:\n  content: |\n    one\n\n    two\n  version: x\n\nstate: absent\n");
        assertThat(remove(text, "/spec/content")).isEqualTo("\nstate: absent\n");
    }

    @Test
    void aFieldIsTakenAwayWithItsLines() {
        assertThat(remove(TOPIC, "/spec/config/cleanup.policy"))
                .isEqualTo(TOPIC.replace("    cleanup.policy: delete\n", ""));
        assertThat(remove(TOPIC, "/metadata/labels")).isEqualTo(TOPIC.replace(", labels: {tier: gold}", ""));
        assertThat(remove("a: {b: 1, c: 2, d: 3}\n", "/a/b")).isEqualTo("a: {c: 2, d: 3}\n");
        assertThat(remove("a: {b: 1, c: 2, d: 3}\n", "/a/c")).isEqualTo("a: {b: 1, d: 3}\n");
        assertThat(remove("a: {b: 1, c: 2, d: 3}\n", "/a/d")).isEqualTo("a: {b: 1, c: 2}\n");
    }

    @Test
    void aMappingThatHeldNothingElseGoesToo() {
        assertThat(remove("spec:\n  a: 1\n  config:\n    x: y\n", "/spec/config/x"))
                .isEqualTo("spec:\n  a: 1\n");
        assertThat(remove("metadata: {name: a, labels: {tier: gold}}\n", "/metadata/labels/tier"))
                .isEqualTo("metadata: {name: a}\n");
    }

    @Test
    void whatIsAsItShouldBeStaysAsItIs() {
        assertThat(set(TOPIC, "/spec/partitions", Value.of(3))).isEqualTo(TOPIC);
        assertThat(remove(TOPIC, "/state")).isEqualTo(TOPIC);
    }

    @Test
    void onlyTheDocumentThatIsMeantChanges() {
        var text = "a: 1\n---\na: 1\n---\na: 1\n";

        assertThat(new YamlText(text)
                        .with(1, new Edit.Set("/a", Value.of(2)))
                        .orElseThrow()
                        .text())
                .isEqualTo("a: 1\n---\na: 2\n---\na: 1\n");
        assertThat(new YamlText(text)
                        .with(0, new Edit.Set("/b", Value.of(2)))
                        .orElseThrow()
                        .text())
                .isEqualTo("a: 1\nb: 2\n---\na: 1\n---\na: 1\n");
    }

    @Test
    void whatCannotBeChangedByItselfIsNotTouched() {
        assertThat(new YamlText("a: |\n  x\n").with(0, new Edit.Set("/a", Value.of("y"))))
                .isEmpty();
        assertThat(new YamlText("a: &x {b: 1}\nc: *x\n").with(0, new Edit.Set("/a/b", Value.of(2))))
                .isEmpty();
        assertThat(new YamlText("a: [1]\n").with(0, new Edit.Set("/a/0", Value.of(2))))
                .isEmpty();
        assertThat(new YamlText("a:\n").with(0, new Edit.Set("/a/b", Value.of(2))))
                .isEmpty();
        assertThat(new YamlText("a: 1\n").with(1, new Edit.Set("/a", Value.of(2))))
                .isEmpty();
    }

    @Test
    void aDocumentIsTakenAway() {
        var three = "# one\na: 1\n---\n# two\na: 2\n---\n# three\na: 3\n";

        assertThat(without(three, 0)).isEqualTo("# two\na: 2\n---\n# three\na: 3\n");
        assertThat(without(three, 1)).isEqualTo("# one\na: 1\n---\n# three\na: 3\n");
        assertThat(without(three, 2)).isEqualTo("# one\na: 1\n---\n# two\na: 2\n");
        assertThat(without("---\na: 1\n---\na: 2\n", 0)).isEqualTo("---\na: 2\n");
        assertThat(without("# top\n---\na: 1\n---\na: 2\n", 1)).isEqualTo("# top\n---\na: 1\n");
        assertThat(without("a: 1\n", 0)).isEmpty();
    }

    private static String set(String text, String pointer, Value value) {
        return new YamlText(text)
                .with(0, new Edit.Set(pointer, value))
                .orElseThrow(() -> new AssertionError(pointer + " cannot be set in " + text))
                .text();
    }

    private static String remove(String text, String pointer) {
        return new YamlText(text)
                .with(0, new Edit.Remove(pointer))
                .orElseThrow(() -> new AssertionError(pointer + " cannot be removed from " + text))
                .text();
    }

    private static String without(String text, int document) {
        return new YamlText(text).without(document).orElseThrow().text();
    }
}
