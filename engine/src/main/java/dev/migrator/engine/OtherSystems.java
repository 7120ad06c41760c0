package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.target.TargetException;
import java.util.Map;
import java.util.function.Function;

/**
 * Whether a place to rehearse in is a system that another environment has, by what the systems say they are. A server holds more
 * than the part of it that a target is: roles of a PostgreSQL server are those of all its databases. So servers are compared.
 */
final class OtherSystems {
    private final Function<String, Targets> lasting;
    private final Rehearsal.Script script;

    /** @param lasting targets by environment */
    OtherSystems(Function<String, Targets> lasting, Rehearsal.Script script) {
        this.lasting = lasting;
        this.script = script;
    }

    /**
     * @param identities of the place, by target; empty for a system that does not say who it is
     * @throws ProblemException {@code REH-SAME-SYSTEM} if one is that of another environment
     * @throws TargetException if a target that the plan is for does not say who it is. Of others that is no obstacle: no
     *     declared address of theirs is one of the place's, and what does not answer there would not answer here
     */
    void requireNone(Map<String, String> identities) throws TargetException {
        for (var environment : script.lasting().entrySet()) {
            for (var target : environment.getValue()) {
                require(environment.getKey(), target, identities);
            }
        }
    }

    private void require(String environment, String target, Map<String, String> identities) throws TargetException {
        var there = "";
        try {
            there = server(lasting.apply(environment).writer(target).identity());
        } catch (TargetException | RuntimeException e) {
            // a client of a system that the plan is not about may fail in whatever way
            if (environment.equals(script.plan().environment()) && script.used().contains(target)) {
                throw e;
            }
        }
        if (there.isEmpty()) {
            return;
        }
        for (var place : identities.entrySet()) {
            if (there.equals(server(place.getValue()))) {
                throw new ProblemException(Problem.of("REH-SAME-SYSTEM", "the place to rehearse in is a real one")
                        .about("target " + place.getKey())
                        .expected("a system that is there for rehearsals alone")
                        .found("the server " + there + ", which is that of target " + target + " in " + environment)
                        .todo("correct its address in environments.yaml; nothing was written"));
            }
        }
    }

    /** Without the part of the server, as in {@code 7405…/shop}. */
    private static String server(String identity) {
        int end = identity.indexOf('/');
        return end <= 0 || identity.charAt(end - 1) == ':' ? identity : identity.substring(0, end);
    }
}
