package dev.migrator.policy;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.schema.Codes;
import dev.migrator.manifests.schema.SchemaCheck;
import dev.migrator.manifests.yaml.YamlContent;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads {@code policies.yaml}: shape by {@code policies.schema.json}, then every expression is type-checked. What is not
 * understood in full is not in force in part: with one error there are no policies at all.
 */
public final class PoliciesFile {
    private static final SchemaCheck SHAPE = new SchemaCheck("policies.schema.json", Codes.POLICIES, true);

    private PoliciesFile() {}

    /** The policies of the file, after those that are in force by default and that it does not replace or leave out. */
    public static LoadedPolicies load(Path file) {
        return judge(YamlReader.standard().read(file, file.toString()), file.toString(), DefaultPolicies.get());
    }

    /** As {@link #load}. @param shownAs how findings name it */
    public static LoadedPolicies read(byte[] yaml, String shownAs) {
        return judge(YamlReader.standard().read(yaml, shownAs), shownAs, DefaultPolicies.get());
    }

    /** Without those that are in force by default. */
    static LoadedPolicies readAlone(byte[] yaml, String shownAs) {
        return judge(YamlReader.standard().read(yaml, shownAs), shownAs, Policies.NONE);
    }

    private static LoadedPolicies judge(YamlContent content, String file, Policies before) {
        var findings = new ArrayList<>(content.findings());
        var documents = content.documents().stream()
                .filter(document -> !document.value().isNull())
                .toList();
        if (documents.size() != 1 && findings.isEmpty()) {
            findings.add(Finding.error(Problem.of("POL-DOCUMENT", "a policies file is one document")
                            .expected("one document of kind Policies")
                            .found(documents.size() + " documents"))
                    .at(
                            file,
                            documents.size() < 2 ? 0 : documents.get(1).lines().line()));
        }
        documents.forEach(document -> findings.addAll(SHAPE.check(document.value(), document.lines(), file)));
        if (!findings.isEmpty()) {
            return new LoadedPolicies(Optional.empty(), List.of(), findings);
        }
        return read(documents.getFirst(), file, before);
    }

    private static LoadedPolicies read(YamlDocument document, String file, Policies before) {
        var findings = new ArrayList<Finding>();
        var reading = new PolicyReader(document, file, findings);
        var rules = reading.rules();
        var compiled = new ArrayList<CompiledRule>();
        rules.forEach(rule -> RuleCompiler.compile(rule, file, findings).ifPresent(compiled::add));
        var without = reading.without(names(before));
        var all = before.and(new Policies(compiled), without);
        var tests = reading.tests(findings.isEmpty() ? names(all) : Collections.emptySortedSet());
        return findings.isEmpty()
                ? new LoadedPolicies(Optional.of(all), tests, List.of())
                : new LoadedPolicies(Optional.empty(), List.of(), findings);
    }

    private static SortedSet<String> names(Policies policies) {
        return new TreeSet<>(policies.names());
    }
}
