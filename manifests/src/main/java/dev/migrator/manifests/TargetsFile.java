package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.schema.Codes;
import dev.migrator.manifests.schema.SchemaCheck;
import dev.migrator.manifests.yaml.YamlContent;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a file of kind {@code Targets}: the targets of one environment, for commands that read them directly. Shape by
 * {@code targets.schema.json}. Like {@link EnvironmentsFile} it holds no secrets, and findings repeat no texts.
 */
public final class TargetsFile {
    private static final SchemaCheck SHAPE = new SchemaCheck("targets.schema.json", Codes.ENVIRONMENTS, false);

    /**
     * @param environment empty when there is a finding; its targets' read credentials are paths of files
     * @param findings ascending by line
     */
    public record Loaded(Optional<Environment> environment, List<Finding> findings) {
        public Loaded {
            findings = findings.stream().sorted().toList();
        }
    }

    private TargetsFile() {}

    public static Loaded load(Path file) {
        return judge(YamlReader.standard().read(file, file.toString()), file);
    }

    private static Loaded judge(YamlContent content, Path file) {
        var shownAs = file.toString();
        var findings = new ArrayList<>(content.findings());
        var documents = content.documents().stream()
                .filter(document -> !document.value().isNull())
                .toList();
        if (documents.size() != 1 && findings.isEmpty()) {
            findings.add(Finding.error(Problem.of("ENV-DOCUMENT", "a targets file is one document")
                            .expected("one document of kind Targets")
                            .found(documents.size() + " documents"))
                    .at(shownAs, 0));
        }
        for (var document : documents) {
            var secrets = EnvironmentSecrets.in(document, shownAs);
            var lines = secrets.stream().map(Finding::line).toList();
            findings.addAll(secrets);
            SHAPE.check(document.value(), document.lines(), shownAs).stream()
                    .filter(finding -> !lines.contains(finding.line()))
                    .forEach(findings::add);
        }
        if (!findings.isEmpty()) {
            return new Loaded(Optional.empty(), findings);
        }
        var document = documents.getFirst();
        var environment = environment((Value.Obj) document.value(), file);
        var names = new HashSet<String>();
        for (int i = 0; i < environment.targets().size(); i++) {
            var name = environment.targets().get(i).name();
            if (!names.add(name)) {
                findings.add(Finding.error(
                                Problem.of("ENV-DUPLICATE-TARGET", "two targets of an environment have the same name")
                                        .about("target " + name)
                                        .expected("each name once")
                                        .found(name + " again")
                                        .todo("rename one of them"))
                        .at(shownAs, document.lines().lineOf("/targets/" + i + "/name")));
            }
        }
        return new Loaded(findings.isEmpty() ? Optional.of(environment) : Optional.empty(), findings);
    }

    private static Environment environment(Value.Obj document, Path file) {
        return new Environment(
                text(document, "environment").orElseThrow(),
                0,
                Protection.valueOf(
                        text(document, "protection").orElse("protected").toUpperCase(Locale.ROOT)),
                "default",
                ((Value.Arr) document.get("targets"))
                        .items().stream()
                                .map(target -> target((Value.Obj) target, file))
                                .toList());
    }

    private static TargetConfig target(Value.Obj target, Path file) {
        return new TargetConfig(
                text(target, "name").orElseThrow(),
                text(target, "type").orElseThrow(),
                text(target, "address").orElseThrow(),
                text(target, "clusterId"),
                text(target, "credentials")
                        .map(named ->
                                file.toAbsolutePath().resolveSibling(named).toString()),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }
}
