package dev.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rules;
import dev.migrator.core.rules.RulesPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules, their page, the table of error codes and the sources that report findings say the same. */
class RulesPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z0-9-]+)` \\| (.*\\S) \\|$");
    private static final Pattern IN_CODE = Pattern.compile("\"([A-Z]{3}(?:-[A-Z0-9]+)+)\"");

    /** Where findings about manifests are made. */
    private static final List<String> JUDGES = List.of(
            "core/src/main/java/dev/migrator/core/bundle",
            "core/src/main/java/dev/migrator/core/contents",
            "core/src/main/java/dev/migrator/core/kinds",
            "core/src/main/java/dev/migrator/core/model",
            "core/src/main/java/dev/migrator/core/settings",
            "core/src/main/java/dev/migrator/core/plan/Planner.java",
            "core/src/main/java/dev/migrator/core/plan/Comparing.java",
            "core/src/main/java/dev/migrator/core/plan/Ownership.java",
            "core/src/main/java/dev/migrator/core/plan/Pruning.java",
            "core/src/main/java/dev/migrator/core/plan/LockOut.java",
            "core/src/main/java/dev/migrator/core/plan/Targets.java",
            "manifests/src/main/java",
            "schema-checks/src/main/java");

    /** Codes there that are no rules: nothing that the author of a manifest wrote is wrong. */
    private static final Set<String> NO_RULES = Set.of(
            "ACL-ADDRESS", // an address as the product writes it itself
            "QUO-ADDRESS",
            "SCH-ADDRESS",
            "EXT-ADDRESS",
            "ACT-ADDRESS",
            "ROW-ADDRESS",
            "MEM-ADDRESS",
            "GRA-ADDRESS",
            "BND-DIGEST", // other bytes than were asked for
            "BND-MORE-FINDINGS", // about a list of findings
            "PLN-MORE-FINDINGS",
            "ROL-UNKNOWN-ENVIRONMENT", // in no file of its author: only the planner knows which environments there are
            "PLN-NOT-READ", // the target did not answer
            "PLN-CYCLE", // a valid bundle has none; kept as a second look
            "EXP-NO-MAPPING", // about what is read to be promoted
            "EXP-SECRET", // about an export
            "EXP-LEFT-OUT");

    @Test
    void thePageIsUpToDate() throws IOException {
        assertThat(ROOT.resolve("docs/rules.md"))
                .as("docs/rules.md is written from dev.migrator.core.rules; write it anew with: "
                        + RulesPage.REGENERATE)
                .hasContent(RulesPage.markdown());
    }

    @Test
    void everyCodeThatManifestsAreJudgedByIsARule() {
        var judged = JUDGES.stream()
                .flatMap(place -> codesBelow(ROOT.resolve(place)).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(judged).hasSizeGreaterThan(50);
        judged.removeAll(NO_RULES);
        // about files of other tools, policies, the layout and patches of files, what the command line was asked, and
        // which part of a bundle a change asks for
        var families = List.of("IMP-", "POL-", "FMT-", "PAT-", "CLI-", "CHG-");
        judged.removeIf(code -> families.stream().anyMatch(code::startsWith));
        assertThat(Rules.codes())
                .as("add it to a list in dev.migrator.core.rules, with two fixtures")
                .containsAll(judged);
    }

    @Test
    void aRuleSaysInItsTitleWhatTheTableOfErrorsSays() throws IOException {
        Map<String, String> table = ROW.matcher(Files.readString(ROOT.resolve("docs/errors.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(Rules.all())
                .allSatisfy(rule -> assertThat(table).containsEntry(rule.code(), rule.title()))
                .extracting(Rule::code)
                .isSubsetOf(table.keySet());
    }

    private static Set<String> codesBelow(Path place) {
        try (var files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> IN_CODE.matcher(read(file)).results().map(found -> found.group(1)))
                    .filter(code -> !code.equals("UTF-8") && !code.equals("SHA-256"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
