package dev.migrator.manifests;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.yaml.Lines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What has to hold between the fleets of a file and its environments. */
final class FleetRules {
    private final List<Environment> environments;
    private final Lines lines;
    private final String file;
    private final List<Finding> findings = new ArrayList<>();

    private FleetRules(List<Environment> environments, Lines lines, String file) {
        this.environments = environments;
        this.lines = lines;
        this.file = file;
    }

    /** @param fleets in the order of the file */
    static List<Finding> check(List<Fleet> fleets, List<Environment> environments, Lines lines, String file) {
        var rules = new FleetRules(environments, lines, file);
        var names = new HashSet<String>();
        for (int i = 0; i < fleets.size(); i++) {
            var fleet = fleets.get(i);
            if (!names.add(fleet.name())) {
                rules.find(
                        Problem.of("ENV-FLEET-NAME", "two fleets have the same name")
                                .about("fleet " + fleet.name())
                                .expected("each name once")
                                .found(fleet.name() + " again")
                                .todo("rename one of them"),
                        "/fleets/" + i + "/name");
            }
            rules.check(fleet, "/fleets/" + i);
        }
        return rules.findings;
    }

    private void check(Fleet fleet, String place) {
        int size = fleet.environments().size();
        if (size > Fleet.MOST_ENVIRONMENTS) {
            find(
                    Problem.of("ENV-FLEET-SIZE", "a fleet has too many environments")
                            .about("fleet " + fleet.name())
                            .expected("at most " + Fleet.MOST_ENVIRONMENTS)
                            .found(String.valueOf(size))
                            .todo("make two fleets of it"),
                    place + "/waves");
        }
        var seen = new HashSet<String>();
        for (int wave = 0; wave < fleet.waves().size(); wave++) {
            var names = fleet.waves().get(wave);
            for (int i = 0; i < names.size(); i++) {
                check(fleet, names.get(i), seen, place + "/waves/" + wave + "/" + i);
            }
        }
    }

    private void check(Fleet fleet, String environment, Set<String> seen, String place) {
        var thing = "fleet " + fleet.name() + ", environment " + environment;
        var declared = mode(environment);
        if (declared.isEmpty()) {
            find(
                    Problem.of("ENV-FLEET-UNKNOWN", "a fleet names an environment that there is not")
                            .about(thing)
                            .expected("the name of an environment of this file")
                            .found(environment)
                            .todo("correct the name, or declare the environment"),
                    place);
        } else if (!seen.add(environment)) {
            find(
                    Problem.of("ENV-FLEET-TWICE", "a fleet names an environment twice")
                            .about(thing)
                            .expected("each environment once, in one wave")
                            .found(environment + " again")
                            .todo("remove it from one of the waves"),
                    place);
        } else if (declared.get() != Mode.GATED) {
            // its migration would be rejected, and the run would stop there each time
            find(
                    Problem.of("ENV-FLEET-MODE", "a fleet names an environment that takes no changes")
                            .about(thing)
                            .expected("an environment that migrations write, of mode gated")
                            .found("mode " + declared.get().name().toLowerCase(Locale.ROOT))
                            .todo("remove it from the waves, or give it another mode"),
                    place);
        }
    }

    private Optional<Mode> mode(String name) {
        return environments.stream()
                .filter(environment -> environment.name().equals(name))
                .map(Environment::mode)
                .findFirst();
    }

    private void find(Problem problem, String place) {
        findings.add(Finding.error(problem).at(file, lines.lineOf(place)));
    }
}
