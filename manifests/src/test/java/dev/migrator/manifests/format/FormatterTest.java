package dev.migrator.manifests.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.Manifests;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatterTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @Test
    void fieldsGoIntoTheOrderOfTheSchemaAndCommentsGoWithThem() {
        assertThat(canonical("""
                # The orders.

                # Of the shop.
                kind: Topic   # a topic
                apiVersion: "migrator.dev/v1"
                spec: # what it has to be
                    # Free names.
                    config:
                      retention.ms:   "604800000"
                      # as the auditors asked
                      cleanup.policy: 'delete' # not compact
                      # segment.ms: "1"
                    # Copies.
                    # As many as there are zones.
                    replicationFactor: ${env.replicas}

                    partitions: 0x10
                metadata:
                  labels: { tier: canary,  "b": "1" }
                  name: orders
                # the end
                """)).isEqualTo("""
                # The orders.

                # Of the shop.
                apiVersion: migrator.dev/v1
                kind: Topic # a topic
                metadata:
                  name: orders
                  labels: {b: "1", tier: canary}
                spec: # what it has to be
                  partitions: 0x10
                  # Copies.
                  # As many as there are zones.
                  replicationFactor: ${env.replicas}
                  # Free names.
                  config:
                    # as the auditors asked
                    cleanup.policy: delete # not compact
                    retention.ms: "604800000"
                    # segment.ms: "1"
                # the end
                """);
    }

    @Test
    void documentsKeepTheirPlaceAndTheirComments() {
        assertThat(canonical("""
                ---
                # first
                kind: Topic
                metadata: {name: b}
                # end of first
                ---
                # second
                metadata:
                  name: a
                kind: Topic
                ---
                # only a comment
                ---
                """)).isEqualTo("""
                # first
                kind: Topic
                metadata: {name: b}
                # end of first
                ---
                # second
                kind: Topic
                metadata:
                  name: a
                ---
                # only a comment
                """);
    }

    @Test
    void listsKeepTheirOrderAndTheCommentsOfTheirItems() {
        assertThat(canonical("""
                kind: Schema
                spec:
                  references:
                  # money
                  - version: "2" # not 1
                    # the name that the content uses
                    name: shop.Money
                    schema: Money
                  -   # address
                      name: shop.Address
                  # the last one
                  - {version: "1",
                     name: "a, b"}
                  # no more
                """)).isEqualTo("""
                kind: Schema
                spec:
                  references:
                    # money
                    # the name that the content uses
                    - name: shop.Money
                      schema: Money
                      version: "2" # not 1
                    # address
                    - name: shop.Address
                    # the last one
                    - {name: "a, b", version: "1"}
                    # no more
                """);
    }

    @Test
    void blocksOfTextStayAsTheyAre() {
        var text = """
                kind: Schema
                spec:
                  # in quotes no more
                  content: | # a schema
                      {"type": "string",  \s
                        "doc": "# no comment"
                      }
                  remark: >-
                      folded
                      text

                        - with more
                  file: "a
                    b"
                  artifactId: "a\\nb\\n"
                  group: |2+
                      b

                  # after
                """;
        assertThat(canonical(text)).isEqualTo("""
                kind: Schema
                spec:
                  group: |2+
                      b

                  artifactId: |
                    a
                    b
                  file: a b
                  # in quotes no more
                  content: | # a schema
                    {"type": "string",  \s
                      "doc": "# no comment"
                    }
                  remark: >-
                    folded
                    text

                      - with more

                  # after
                """);
    }

    @Test
    void theContentOfASchemaKeepsTheOrderOfItsAuthor() {
        var text = """
                kind: Schema
                spec:
                  content:
                    type: record
                    name: A
                    fields: []
                """;
        assertThat(canonical(text)).isEqualTo(text);
    }

    @Test
    void quotesStayOnlyWhereYamlNeedsThem() {
        assertThat(canonical("""
                kind: Topic
                spec:
                  config:
                    a: "x"
                    b: "1"
                    c: 'true'
                    d: "yes"
                    e: "${env.a}"
                    f: ["a", "${env.a}", "*"]
                    g: "orders\\\\.(.*)"
                    h: "a: b"
                    i: ~
                    j:
                    k: ""
                    l: "*"
                    m: "say \\"hi\\": 'x'"
                """)).isEqualTo("""
                kind: Topic
                spec:
                  config:
                    a: x
                    b: "1"
                    c: "true"
                    d: "yes"
                    e: ${env.a}
                    f: [a, "${env.a}", "*"]
                    g: orders\\.(.*)
                    h: "a: b"
                    i: null
                    j: null
                    k: ""
                    l: "*"
                    m: 'say "hi": ''x'''
                """);
    }

    @Test
    void whatIsTooLongForALineGoesBelow() {
        var long1 = "a".repeat(60);
        assertThat(canonical("kind: Acl\nspec: {operations: [" + long1 + ", b" + long1 + "]}\n"))
                .isEqualTo("kind: Acl\nspec:\n  operations:\n    - " + long1 + "\n    - b" + long1 + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Topic\nspec: &a {}\nmetadata: *a\n",
                "kind: Acl\nspec:\n  operations: [READ, # why\n    WRITE]\n",
                "%YAML 1.2\n---\nkind: Topic\n"
            })
    void whatWouldGetLostIsRefusedWithItsReason(String text) {
        var refused = (Formatted.Refused) format(text);

        assertThat(refused.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("FMT-KEPT");
            assertThat(finding.problem().found()).contains(" in line ");
        });
    }

    @Test
    void whatIsNoYamlIsRefusedAsTheReaderSaysIt() {
        var refused = (Formatted.Refused) format("kind: Topic\nkind: Acl\n");

        assertThat(refused.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().code()).isEqualTo("YML-DUPLICATE-KEY"));
    }

    @Test
    void filesOfOtherThingsAreNoneOfOurBusiness() {
        assertThat(format("jobs: {a: 1}\n")).isInstanceOf(Formatted.NoManifests.class);
        assertThat(format("# nothing\n")).isInstanceOf(Formatted.NoManifests.class);
        assertThat(format("kind: Topic\n---\nkind: Deployment\n")).isInstanceOf(Formatted.NoManifests.class);
    }

    static Stream<Path> examples() throws IOException {
        try (var files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreCanonical(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        if (Formatter.format(bytes, file.toString()) instanceof Formatted.NoManifests) {
            assertThat(file.getParent()).isIn(EXAMPLES, EXAMPLES.resolve("rehearsal"));
            return;
        }
        assertThat(canonical(new String(bytes, StandardCharsets.UTF_8)))
                .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void theDigestOfTheBundleIsTheSameAfterwards(@TempDir Path folder) throws IOException {
        var before = folder.resolve("m.yaml");
        Files.writeString(before, """
                kind: Acl
                spec:
                    resource: {"name": "orders", type: topic}
                    operations: ["WRITE", READ]
                    principal: "User:a"
                metadata: {labels: {b: '1', a: "x"}, name: a}
                apiVersion: migrator.dev/v1
                """);
        var digest = Manifests.load(folder).bundle().orElseThrow().digest();

        Files.writeString(before, canonical(Files.readString(before)));

        assertThat(Manifests.load(folder).bundle().orElseThrow().digest()).isEqualTo(digest);
    }

    @Test
    void suppressionsStandLastAndSayTheRuleFirst() {
        assertThat(canonical("""
                kind: Topic
                metadata:
                  suppress:
                    - until: 2027-01-31
                      reason: it was decided so
                      rule: TOP-UNCLEAN
                  name: a
                """)).endsWith("""
                metadata:
                  name: a
                  suppress:
                    - rule: TOP-UNCLEAN
                      reason: it was decided so
                      until: 2027-01-31
                """);
    }

    @Property(tries = 1_000)
    void formattingTwiceIsFormattingOnceAndNothingIsLost(@ForAll("files") String text) {
        var result = format(text);

        // what is refused stays as it is; that is seldom right for what is generated here
        if (result instanceof Formatted.Refused refused) {
            assertThat(refused.findings()).as(text).isEmpty();
        }
        var once = ((Formatted.Canonical) result).text();
        assertThat(canonical(once)).as(text).isEqualTo(once);
        assertThat(values(once)).as(text).isEqualTo(values(text));
        assertThat(comments(once)).as(text).isEqualTo(comments(text));
    }

    /** Whatever the text is: an answer, and what is canonical stays so. */
    @Property(tries = 3_000)
    void anyTextGetsAnAnswer(@ForAll("texts") String text) {
        if (format("kind: Topic\n" + text) instanceof Formatted.Canonical(var once)) {
            assertThat(canonical(once)).as(text).isEqualTo(once);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a: ",
                        "b: ",
                        "c:",
                        "- ",
                        "\n",
                        "\n",
                        "\n  ",
                        "\n    ",
                        " # x",
                        "#",
                        "|",
                        ">",
                        ">-\n  x\n",
                        "|+\n\n  y\n\n",
                        "{",
                        "}",
                        "[",
                        "]",
                        ", ",
                        "\"",
                        "'",
                        "\\",
                        "\r\n",
                        "\t",
                        "---\n",
                        "...\n",
                        "? ",
                        "&a ",
                        "*a",
                        "!!str ",
                        "ä𝄞",
                        "\u0085",
                        "%",
                        "x",
                        "1")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    /** Files as people write them: any order, any indentation, comments anywhere. */
    @Provide
    Arbitrary<String> files() {
        var scalars = Arbitraries.of(
                "a",
                "\"b\"",
                "'c d'",
                "1",
                "\"1\"",
                "true",
                "${env.x}",
                "[READ, WRITE]",
                "{b: 1, a: \"2\"}",
                "~",
                "\"x: y\"",
                "|\n@  text\n@    more  \n@\n@  end",
                ">-\n@  folded\n@  text",
                "\"two\n@   lines\"");
        var names =
                Arbitraries.of("config", "address", "partitions", "zeta", "alpha", "replicationFactor", "\"1\"", "a.b");
        var remarks = Arbitraries.of("", "", "", "# remark", "\n# apart", "# one\n\n@# two", "\n");
        var beside = Arbitraries.of("", "", "", " # beside");
        var indents = Arbitraries.of(2, 4, 3);
        Arbitrary<List<String>> fields = Combinators.combine(names, scalars, remarks, beside)
                .as((name, value, remark, side) -> {
                    boolean block = value.startsWith("|") || value.startsWith(">");
                    int line = value.indexOf('\n');
                    var written = block
                            ? value.substring(0, line) + side + value.substring(line)
                            : value.startsWith("\"two") ? value : value + side;
                    return (remark.isEmpty() ? "" : "@" + remark + "\n") + "@" + name + ": " + written + "\n";
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
        return Combinators.combine(fields, fields, fields, indents, indents, remarks, beside)
                .as((spec, inner, items, one, two, remark, side) -> {
                    var text = new StringBuilder("kind: Topic\n");
                    text.append(remark.isEmpty() ? "" : remark.replace("@", "") + "\n");
                    text.append("spec:").append(side).append('\n');
                    text.append(at(unique(spec), one));
                    text.append(" ".repeat(one)).append("nested:\n").append(at(unique(inner), one + two));
                    text.append(remark.isEmpty() ? "" : " ".repeat(one + two) + "# end of nested\n");
                    text.append(" ".repeat(one)).append("list:\n");
                    for (var item : unique(items)) {
                        var lines = at(List.of(item), one + 2);
                        int dash = lines.lastIndexOf(" ".repeat(one + 2), firstField(lines));
                        text.append(lines, 0, dash + one).append("- ").append(lines.substring(dash + one + 2));
                    }
                    text.append("metadata: {name: a}\n").append(side.strip()).append('\n');
                    return text.toString();
                });
    }

    private static int firstField(String lines) {
        int at = 0;
        for (String line : lines.split("\n", -1)) {
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                return at;
            }
            at += line.length() + 1;
        }
        throw new IllegalArgumentException(lines);
    }

    private static List<String> unique(List<String> fields) {
        var seen = new ArrayList<String>();
        var kept = new ArrayList<String>();
        for (String field : fields) {
            var name = field.lines()
                    .map(line -> line.replace("@", "").strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .findFirst()
                    .orElseThrow()
                    .split(":")[0];
            if (!seen.contains(name)) {
                seen.add(name);
                kept.add(field);
            }
        }
        return kept;
    }

    private static String at(List<String> fields, int indent) {
        return String.join("", fields).replace("@\n", "\n").replace("@", " ".repeat(indent));
    }

    private static Formatted format(String text) {
        return Formatter.format(text.getBytes(StandardCharsets.UTF_8), "m.yaml");
    }

    private static String canonical(String text) {
        var result = format(text);
        assertThat(result).as(text).isInstanceOf(Formatted.Canonical.class);
        return ((Formatted.Canonical) result).text();
    }

    private static List<Value> values(String text) {
        return YamlReader.standard().read(text.getBytes(StandardCharsets.UTF_8), "m.yaml").documents().stream()
                .map(YamlDocument::value)
                .toList();
    }

    private static List<String> comments(String text) {
        return Comments.in(Layout.of(text)).stream().map(Comment::text).sorted().toList();
    }
}
