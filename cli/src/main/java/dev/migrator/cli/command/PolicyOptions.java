package dev.migrator.cli.command;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Resource;
import dev.migrator.manifests.EnvironmentsFile;
import dev.migrator.policy.LoadedPolicies;
import dev.migrator.policy.Policies;
import dev.migrator.policy.PoliciesFile;
import dev.migrator.policy.Subject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Judges manifests by policies over resources, offline. */
public final class PolicyOptions {
    @Option(
            names = "--policies",
            paramLabel = "FILE",
            description = "judge the manifests by the policies over resources in this file, too")
    private Path policies;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description =
                    "what this environment gets; else policies judge for every one that they name, open and protected")
    private String environment;

    @Option(
            names = "--environments",
            paramLabel = "FILE",
            description = "environments.yaml that says what ENV is; else it counts as protected")
    private Path environments;

    /** All findings, each once; none when no policies are given. */
    List<Finding> judge(Bundle bundle) {
        if (policies == null) {
            return List.of();
        }
        LoadedPolicies loaded = PoliciesFile.load(policies);
        if (loaded.policies().isEmpty()) {
            return loaded.findings();
        }
        var known = environments();
        var findings = new ArrayList<Finding>();
        for (var where : environments(loaded.policies().get(), known)) {
            var subject = Subject.of(known, where, bundle.digest(), resources(bundle, where));
            findings.addAll(loaded.policies()
                    .get()
                    .judge(subject, Instant.now(), () -> false)
                    .findings());
        }
        return findings.stream().distinct().sorted().toList();
    }

    /** As they are there, or those that need no environment when it lacks something; who asks for it alone is told what. */
    private static List<Resource> resources(Bundle bundle, Environment where) {
        var resolved = bundle.resolve(where.name());
        return resolved.stops() ? bundle.resources() : resolved.resources();
    }

    /** The one that was asked for. */
    Optional<String> environment() {
        return Optional.ofNullable(environment);
    }

    private Environments environments() {
        if (environments == null) {
            return new Environments(List.of());
        }
        var loaded = EnvironmentsFile.load(environments);
        return loaded.environments()
                .orElseThrow(
                        () -> new ProblemException(loaded.findings().getFirst().problem()));
    }

    private List<Environment> environments(Policies rules, Environments known) {
        if (environment != null) {
            return List.of(known.find(environment).orElseGet(() -> {
                if (environments != null) {
                    throw new ProblemException(Problem.of("ENV-UNKNOWN", "there is no such environment")
                            .expected("one of " + known.names())
                            .found(environment)
                            .todo("correct the name, or declare it in environments.yaml"));
                }
                return unknown(environment, Protection.PROTECTED);
            }));
        }
        if (environments != null) {
            return known.all();
        }
        var names = new TreeSet<>(rules.environments());
        names.add("any");
        var all = new ArrayList<Environment>();
        for (var name : names) {
            all.add(unknown(name, Protection.PROTECTED));
            all.add(unknown(name, Protection.OPEN));
        }
        return all;
    }

    private static Environment unknown(String name, Protection protection) {
        return new Environment(name, 0, protection, "default", List.of());
    }
}
