package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.environment.RehearsalRule.Required;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.schema.Codes;
import dev.migrator.manifests.schema.SchemaCheck;
import dev.migrator.manifests.yaml.YamlContent;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code environments.yaml}: shape by {@code environments.schema.json}, then what a schema cannot say. Findings
 * never repeat texts of the file, because a wrong one may be a secret that somebody put there.
 */
public final class EnvironmentsFile {
    private static final SchemaCheck SHAPE = new SchemaCheck("environments.schema.json", Codes.ENVIRONMENTS, false);

    private EnvironmentsFile() {}

    public static LoadedEnvironments load(Path file) {
        return judge(YamlReader.standard().read(file, file.toString()), file.toString());
    }

    /** @param shownAs how findings name it */
    public static LoadedEnvironments read(byte[] yaml, String shownAs) {
        return judge(YamlReader.standard().read(yaml, shownAs), shownAs);
    }

    private static LoadedEnvironments judge(YamlContent content, String file) {
        var findings = new ArrayList<>(content.findings());
        var documents = content.documents().stream()
                .filter(document -> !document.value().isNull())
                .toList();
        if (documents.size() != 1 && findings.isEmpty()) {
            findings.add(Finding.error(Problem.of("ENV-DOCUMENT", "an environments file is one document")
                            .expected("one document of kind Environments")
                            .found(documents.size() + " documents"))
                    .at(
                            file,
                            documents.size() < 2 ? 0 : documents.get(1).lines().line()));
        }
        for (YamlDocument document : documents) {
            var secrets = EnvironmentSecrets.in(document, file);
            findings.addAll(secrets);
            findings.addAll(shape(document, file, secrets));
        }
        if (!findings.isEmpty()) {
            return new LoadedEnvironments(Optional.empty(), findings);
        }
        findings.addAll(MonitoringRules.check(
                items(((Value.Obj) documents.getFirst().value()).get("environments")),
                documents.getFirst().lines(),
                file));
        if (!findings.isEmpty()) {
            return new LoadedEnvironments(Optional.empty(), findings);
        }
        var environments = environments((Value.Obj) documents.getFirst().value());
        findings.addAll(
                EnvironmentRules.check(environments, documents.getFirst().lines(), file));
        var fleets = fleets((Value.Obj) documents.getFirst().value());
        findings.addAll(
                FleetRules.check(fleets, environments, documents.getFirst().lines(), file));
        return new LoadedEnvironments(
                findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)
                        ? Optional.empty()
                        : Optional.of(new Environments(environments, fleets)),
                findings);
    }

    /** Without what was already said about a secret in the same line: one place, one finding. */
    private static List<Finding> shape(YamlDocument document, String file, List<Finding> secrets) {
        var lines = secrets.stream().map(Finding::line).toList();
        return SHAPE.check(document.value(), document.lines(), file).stream()
                .filter(finding -> !lines.contains(finding.line()))
                .toList();
    }

    private static List<Environment> environments(Value.Obj document) {
        return items(document.get("environments")).stream()
                .map(EnvironmentsFile::environment)
                .toList();
    }

    private static Environment environment(Value.Obj environment) {
        var protection =
                Protection.valueOf(text(environment, "protection").orElseThrow().toUpperCase(Locale.ROOT));
        return new Environment(
                text(environment, "name").orElseThrow(),
                ((Value.Num) environment.get("order")).value().intValueExact(),
                protection,
                text(environment, "zone").orElse("default"),
                items(environment.get("targets")).stream()
                        .map(EnvironmentsFile::target)
                        .toList(),
                text(environment, "drift")
                        .map(word -> DriftDecision.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElseGet(() -> Environment.usualDrift(protection)),
                text(environment, "mode")
                        .map(word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Mode.GATED),
                text(environment, "grace").map(Grace::parse).orElse(Grace.USUAL),
                text(environment, "bake").map(Bake::parse).orElse(Bake.NONE),
                environment.get("rehearsal") instanceof Value.Obj rehearsal
                        ? Optional.of(rehearsal(rehearsal))
                        : Optional.empty(),
                text(environment, "onAnomaly")
                        .map(word -> AnomalyDecision.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(AnomalyDecision.ROLLBACK),
                items(environment.get("monitoring")).stream()
                        .map(EnvironmentsFile::signal)
                        .toList());
    }

    private static MonitoredSignal signal(Value.Obj signal) {
        return new MonitoredSignal(
                text(signal, "source").orElseThrow(),
                text(signal, "metric").orElseThrow(),
                MonitoringRules.attributes(signal),
                text(signal, "every").map(Grace::parse).orElseThrow(),
                MonitoringRules.number(signal, "min"),
                MonitoringRules.number(signal, "max"));
    }

    private static RehearsalRule rehearsal(Value.Obj rehearsal) {
        return new RehearsalRule(
                text(rehearsal, "environment").orElseThrow(),
                text(rehearsal, "required")
                        .map(word ->
                                Required.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .orElse(Required.BY_POLICY),
                rehearsal.get("drill") instanceof Value.Obj drill
                        ? text(drill, "every").map(Grace::parse)
                        : Optional.empty());
    }

    private static List<Fleet> fleets(Value.Obj document) {
        return items(document.get("fleets")).stream()
                .map(fleet -> new Fleet(
                        text(fleet, "name").orElseThrow(),
                        waves(fleet),
                        text(fleet, "bake").map(Grace::parse).orElse(Fleet.NO_BAKE)))
                .toList();
    }

    private static List<List<String>> waves(Value.Obj fleet) {
        return ((Value.Arr) fleet.get("waves"))
                .items().stream()
                        .map(wave -> ((Value.Arr) wave)
                                .items().stream()
                                        .map(name -> ((Value.Text) name).value())
                                        .toList())
                        .toList();
    }

    private static TargetConfig target(Value.Obj target) {
        var credentials = target.get("credentials") instanceof Value.Obj names ? names : Value.object();
        return new TargetConfig(
                text(target, "name").orElseThrow(),
                text(target, "type").orElseThrow(),
                text(target, "address").orElseThrow(),
                text(target, "clusterId"),
                text(credentials, "read"),
                text(credentials, "write"),
                text(credentials, "check"),
                text(target, "principal"));
    }

    private static List<Value.Obj> items(Value array) {
        return array.isNull()
                ? List.of()
                : ((Value.Arr) array)
                        .items().stream().map(Value.Obj.class::cast).toList();
    }

    private static Optional<String> text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }
}
