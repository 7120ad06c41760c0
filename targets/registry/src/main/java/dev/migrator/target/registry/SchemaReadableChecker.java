package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Json;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The check {@code schema-readable}: a version can be had by its name as a client asks for it, parses where its type is
 * one of JSON, and so does everything that it refers to, directly or not.
 */
final class SchemaReadableChecker implements SmokeChecker {
    private static final String TYPE = "schema-readable";
    /** Versions looked at for one check. */
    private static final int MOST_VERSIONS = 500;

    private final RegistryHttp http;
    private final RegistryReads reads;

    SchemaReadableChecker(RegistryHttp http) {
        this.http = http;
        this.reads = new RegistryReads(http);
    }

    @Override
    public boolean supports(String type) {
        return type.equals(TYPE);
    }

    /** {@code spec}: {@code group} ({@code default} without), {@code artifactId}, {@code version}. */
    @Override
    public CheckResult run(SmokeCheck check) {
        try {
            var asked = asked(check);
            if (asked.isEmpty()) {
                return CheckResult.failed(check.name(), notAsked(check));
            }
            long start = System.nanoTime();
            var walk = new Walk(asked.get());
            var problem = walk.problem();
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return problem.map(found -> CheckResult.failed(check.name(), found))
                    .orElseGet(() -> CheckResult.passed(check.name(), walk.evidence + " in " + tookMillis + " ms"));
        } catch (TargetException e) {
            return CheckResult.failed(check.name(), e.problem());
        }
    }

    private Optional<ArtifactName> asked(SmokeCheck check) {
        if (!supports(check.type())) {
            return Optional.empty();
        }
        var group = Json.text(check.spec(), "group").orElse("default");
        var version = check.spec().get("version") instanceof Value.Num(var number)
                ? Optional.of(number.toPlainString())
                : Json.text(check.spec(), "version");
        return Json.text(check.spec(), "artifactId")
                .flatMap(id -> version.map(named -> ArtifactName.version(group, id, named)));
    }

    private static Problem notAsked(SmokeCheck check) {
        return Problem.of("TGT-CHECK", "the check cannot be run against a registry")
                .about("SmokeCheck/" + check.name())
                .expected("type " + TYPE + " with artifactId and version")
                .found("type " + check.type() + " with " + check.spec().fields().keySet());
    }

    /** From the version asked for along all references, each version once. */
    private final class Walk {
        private final ArtifactName root;
        private String evidence = "";

        Walk(ArtifactName root) {
            this.root = root;
        }

        Optional<Problem> problem() throws TargetException {
            var seen = new HashSet<ArtifactName>();
            var open = new ArrayDeque<ArtifactName>();
            seen.add(root);
            open.add(root);
            while (!open.isEmpty()) {
                var name = open.poll();
                var version = reads.version(name);
                if (version.isEmpty()) {
                    return Optional.of(unreadable(name, "a version that is there", "none"));
                }
                var state = version.get().state();
                if (state == Version.State.DISABLED || state == Version.State.DRAFT) {
                    return Optional.of(unreadable(name, "a version in use", "state " + state));
                }
                var content = reads.contentByName(name);
                if (content.isEmpty()) {
                    return Optional.of(unreadable(name, "its content by its name", "none"));
                }
                if (SchemaText.isJson(version.get().type()) && !SchemaText.parses(SchemaText.of(content.get()))) {
                    return Optional.of(unreadable(name, "content that is JSON", "text that does not parse"));
                }
                for (var reference : reads.references(version.get().contentId()).orElse(java.util.List.of())) {
                    if (seen.add(reference.to())) {
                        open.add(reference.to());
                    }
                }
                if (seen.size() > MOST_VERSIONS) {
                    return Optional.of(unreadable(name, "at most " + MOST_VERSIONS + " versions in all", "more"));
                }
                if (name.equals(root)) {
                    evidence = root.address() + ": " + version.get().type() + ", " + content.get().length
                            + " bytes, global id " + version.get().globalId();
                }
            }
            int referred = seen.size() - 1;
            evidence += ", " + referred + (referred == 1 ? " version" : " versions") + " referred to, all readable,";
            return Optional.empty();
        }

        private Problem unreadable(ArtifactName name, String expected, String found) {
            var through = name.equals(root) ? "" : ", which " + root.address() + " refers to";
            return Problem.of("TGT-SCHEMA-UNREADABLE", "a client cannot read the schema")
                    .about(name.address() + through)
                    .expected(expected)
                    .found(found)
                    .todo("see what became of that version in the registry");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
