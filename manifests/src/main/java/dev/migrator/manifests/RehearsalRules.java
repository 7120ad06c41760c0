package dev.migrator.manifests;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to hold between an environment and the one that its plans are rehearsed in. Whatever a rehearsal is about is removed
 * there, so a mistake here must not get as far as a service.
 */
final class RehearsalRules {
    private static final String PLACE = "/rehearsal/environment";

    private final List<Environment> environments;
    private final Findings findings;

    /** Takes what is wrong. */
    interface Findings {
        /** @param index of the environment in the file        @param place within it, a JSON pointer */
        void find(Problem problem, int index, String place);
    }

    private RehearsalRules(List<Environment> environments, Findings findings) {
        this.environments = environments;
        this.findings = findings;
    }

    /** @param environments in the order of the file */
    static void check(List<Environment> environments, Findings findings) {
        var rules = new RehearsalRules(environments, findings);
        rules.places();
        rules.systems();
    }

    private void places() {
        Map<String, String> sources = new HashMap<>();
        for (int i = 0; i < environments.size(); i++) {
            var source = environments.get(i);
            if (source.rehearsal().isPresent()) {
                place(i, source, source.rehearsal().get().environment(), sources);
            }
        }
        for (int i = 0; i < environments.size(); i++) {
            var environment = environments.get(i);
            if (environment.mode() == Mode.REHEARSAL && !sources.containsKey(environment.name())) {
                findings.find(
                        problem(environment, "an environment whose plans are rehearsed in it", "none that names it")
                                .todo("name it under rehearsal.environment of one, or give it another mode"),
                        i,
                        "/mode");
            }
        }
    }

    private void place(int index, Environment source, String name, Map<String, String> sources) {
        var place =
                environments.stream().filter(other -> other.name().equals(name)).findFirst();
        var other = sources.putIfAbsent(name, source.name());
        if (source.mode() == Mode.REHEARSAL) {
            find(index, source, "an environment that lasts", "one that is itself there for rehearsals");
        } else if (place.isEmpty() || place.get().mode() != Mode.REHEARSAL) {
            find(
                    index,
                    source,
                    "the name of an environment with mode: rehearsal",
                    place.isEmpty() ? name + ", which is not declared" : name + ", which has another mode");
        } else if (other != null) {
            find(index, source, "a rehearsal environment of its own", name + ", which is there for " + other);
        } else if (source.targets().stream().noneMatch(target -> isIn(place.get(), target))) {
            find(index, source, "at least one target of the same name and type in " + name, "none");
        }
    }

    private static boolean isIn(Environment place, TargetConfig target) {
        return place.target(target.name())
                .filter(there -> there.type().equals(target.type()))
                .isPresent();
    }

    /** A system that something else is in as well would lose it. */
    private void systems() {
        for (int i = 0; i < environments.size(); i++) {
            var environment = environments.get(i);
            if (environment.mode() != Mode.REHEARSAL) {
                continue;
            }
            for (int t = 0; t < environment.targets().size(); t++) {
                var target = environment.targets().get(t);
                var owner = owner(environment, target);
                if (owner.isPresent()) {
                    findings.find(
                            problem(
                                            environment,
                                            "servers that no other environment has",
                                            "target " + target.name() + " on a server of " + owner.get())
                                    .todo("give the rehearsal environment systems of its own"),
                            i,
                            "/targets/" + t + "/address");
                }
            }
        }
    }

    private Optional<String> owner(Environment environment, TargetConfig target) {
        return environments.stream()
                .filter(other -> !other.name().equals(environment.name()))
                .filter(other -> other.targets().stream().anyMatch(theirs -> isSame(theirs, target)))
                .map(Environment::name)
                .findFirst();
    }

    /** Of whatever type: what one target is in a server, e.g. a database, shares its roles and its memory with the others. */
    private static boolean isSame(TargetConfig one, TargetConfig other) {
        var identity = one.expectedClusterId().map(RehearsalRules::server);
        return !Collections.disjoint(Servers.of(one), Servers.of(other))
                || (identity.isPresent()
                        && identity.equals(other.expectedClusterId().map(RehearsalRules::server)));
    }

    /** Of a database the number of its server, which is before the slash. */
    private static String server(String identity) {
        int end = identity.indexOf('/');
        return end <= 0 || identity.charAt(end - 1) == ':' ? identity : identity.substring(0, end);
    }

    private void find(int index, Environment source, String expected, String found) {
        findings.find(
                problem(source, expected, found).todo("correct rehearsal.environment, or the environment it names"),
                index,
                PLACE);
    }

    private static Problem problem(Environment environment, String expected, String found) {
        return Problem.of("ENV-REHEARSAL", "plans cannot be rehearsed like this")
                .about("environment " + environment.name())
                .expected(expected)
                .found(found);
    }
}
