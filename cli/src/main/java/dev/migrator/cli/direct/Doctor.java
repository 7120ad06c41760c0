package dev.migrator.cli.direct;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks whether a target can be worked with: reached, known for the right one, read, and by whom. Never throws. */
public final class Doctor {
    /** Entries of each kind that are read for a try. */
    private static final int TRIED = 10;

    /** How a check came out. */
    public enum Level {
        OK,
        /** Works, and should be looked at. */
        WARN,
        /** Does not work. */
        FAIL
    }

    /**
     * @param name what was looked at, e.g. {@code identity}
     * @param found in a few words
     * @param problem what to do about it; empty when it is well
     */
    public record Check(Level level, String name, String found, Optional<Problem> problem) {}

    /** @param checks in the order in which they were made; a failure may leave out those that need what failed */
    public record Report(TargetConfig target, List<Check> checks) {
        public Report {
            checks = List.copyOf(checks);
        }
    }

    private final DirectEnvironment source;
    private final TargetConfig target;
    private final List<Check> checks = new ArrayList<>();

    private Doctor(DirectEnvironment source, TargetConfig target) {
        this.source = source;
        this.target = target;
    }

    public static List<Report> examine(DirectEnvironment source) {
        return source.environment().targets().stream()
                .map(target -> new Doctor(source, target).report())
                .toList();
    }

    private Report report() {
        try {
            credential();
            connected();
        } catch (ProblemException e) {
            fail("credential", e.problem());
        }
        return new Report(target, checks);
    }

    private void credential() {
        var file = source.credentials().of(target);
        if (file.isEmpty()) {
            ok("credential", "none: the target is read without one");
            return;
        }
        file.get().read();
        file.get()
                .readableByOthers()
                .ifPresentOrElse(
                        permissions -> warn(
                                "credential",
                                "others can read the file",
                                Problem.of("DOC-CREDENTIAL-EXPOSED", "others on this machine can read the credential")
                                        .about(file.get().path().toString())
                                        .expected("a file that only its owner can read")
                                        .found(permissions)
                                        .todo("chmod 600 the file")),
                        () -> ok("credential", file.get().path().toString()));
    }

    private void connected() {
        try (var reader = source.open(target)) {
            ok("connection", target.address());
            identity(reader);
            facts(reader);
            var unseen = new ArrayList<String>();
            for (String kind : source.provider(target).kinds()) {
                if (Kinds.standard().isKnown(kind)
                        && Kinds.standard().ofEntry(kind).isAnAct()) {
                    ok(kind, "each is asked for by its probe; no system lists what was done to it");
                } else if (!anySeen(reader, kind)) {
                    unseen.add(kind);
                }
            }
            nothingSeen(unseen);
            capabilities(reader);
        } catch (TargetException e) {
            boolean connected = checks.stream().anyMatch(check -> check.name().equals("connection"));
            boolean said = checks.stream()
                    .anyMatch(
                            check -> check.problem().filter(e.problem()::equals).isPresent());
            if (!said) {
                fail(connected ? "reading" : "connection", e.problem());
            }
        }
    }

    private void identity(TargetReader reader) throws TargetException {
        var identity = reader.identity();
        if (identity.isEmpty()) {
            ok("identity", "none: a system of this type has no id to compare");
        } else if (target.expectedClusterId().isPresent()) {
            ok("identity", identity + ", as declared");
        } else {
            warn(
                    "identity",
                    identity + ", not declared",
                    Problem.of("DOC-NO-IDENTITY", "nothing tells this system from another at the same address")
                            .about("target " + target.name())
                            .expected("clusterId: " + identity)
                            .found("no clusterId")
                            .todo("write it beside the address, so that a wrong address is noticed before any write"));
        }
    }

    private void facts(TargetReader reader) throws TargetException {
        var facts = reader.facts();
        version(facts.values().get(SystemFacts.VERSION));
        facts.unread().forEach(problem -> warn("facts", "cannot see: " + problem.thing(), problem));
        boolean open = "none".equals(facts.values().get("authorizer"));
        if (open) {
            warn(
                    "authorizer",
                    "none",
                    Problem.of("DOC-NO-AUTHORIZER", "everybody may do everything in this cluster")
                            .about("target " + target.name())
                            .expected("an authorizer")
                            .found("none")
                            .todo("ACLs cannot be managed and topics not be retired; set authorizer.class.name on the"
                                    + " brokers"));
        } else if (facts.values().containsKey("authorizer")) {
            ok("authorizer", facts.values().get("authorizer"));
        }
        facts.rights().filter(_ -> !open).ifPresent(this::rights);
    }

    private void version(String found) {
        var tried = source.provider(target).triedWith();
        if (tried.isEmpty() || tried.stream().anyMatch(found::startsWith)) {
            ok("version", found);
        } else {
            warn(
                    "version",
                    found + ", not tried",
                    Problem.of("DOC-VERSION-NOT-TRIED", "nobody has tried everything with this version")
                            .about("target " + target.name())
                            .expected(String.join(" or ", tried).strip())
                            .found(found)
                            .todo("try a change, and undo it, in an environment that may break"));
        }
    }

    private void rights(SystemFacts.Rights rights) {
        if (rights.writing().isEmpty()) {
            ok(
                    "rights",
                    rights.reading().isEmpty() ? "none on the system as a whole" : String.join(", ", rights.reading()));
        } else {
            warn(
                    "rights",
                    "may also write: " + String.join(", ", rights.writing()),
                    Problem.of("DOC-MAY-WRITE", "the credential for reading may also write")
                            .about("target " + target.name())
                            .expected("a credential that can only read")
                            .found(String.join(", ", rights.writing()))
                            .todo("nothing here writes with it; give commands and planner one with less, as only the"
                                    + " executor has to write"));
        }
    }

    /** True also when the kind cannot be read at all, which is said by itself. */
    private boolean anySeen(TargetReader reader, String kind) {
        try (var keys = reader.list(kind)) {
            List<EntryKey> listed = keys.toList();
            var tried = new TreeSet<>(listed.stream().limit(TRIED).toList());
            reader.readAll(tried);
            if (listed.isEmpty()) {
                return false;
            }
            ok(kind, listed.size() + " can be seen, and read where tried");
            otherWriters(OtherWriters.of(listed));
        } catch (TargetException e) {
            fail(kind, e.problem());
        }
        return true;
    }

    /** One warning for all: of most kinds it is usual that there are none. */
    private void nothingSeen(List<String> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        var names = String.join(", ", kinds);
        warn(
                "nothing seen",
                names,
                Problem.of("DOC-NOTHING-SEEN", "no entry of some kinds can be seen")
                        .about("target " + target.name() + ", " + names)
                        .expected("at least one of each, where there are any")
                        .found("none: there are none, or the credential may not see them")
                        .todo("if there are some, let the credential describe them; what it may not see looks"
                                + " as if it were not there"));
    }

    private void otherWriters(OtherWriters others) {
        if (others.byPrincipal().isEmpty()) {
            return;
        }
        var reconcilers = others.reconcilers();
        if (reconcilers.isEmpty()) {
            ok("other writers", shown(others.byPrincipal()));
        } else {
            warn(
                    "other writers",
                    shown(reconcilers),
                    Problem.of("DOC-OTHER-RECONCILER", "another tool may put back what a migration changes")
                            .about("target " + target.name())
                            .expected("one tool for each topic")
                            .found("by its name and rights: " + shown(reconcilers))
                            .todo(
                                    "take what is managed here out of that tool's care, or leave it out here; super users and"
                                            + " an operator's own resources cannot be seen from here"));
        }
    }

    private static String shown(Map<String, ? extends Set<String>> rights) {
        var some = rights.entrySet().stream()
                .limit(TRIED)
                .map(entry -> entry.getKey() + " ("
                        + String.join(", ", entry.getValue().stream().limit(3).toList())
                        + (entry.getValue().size() > 3 ? ", …" : "") + ")")
                .collect(Collectors.joining("; "));
        return rights.size() > TRIED ? some + " and " + (rights.size() - TRIED) + " more" : some;
    }

    private void capabilities(TargetReader reader) throws TargetException {
        var capabilities = reader.capabilities();
        var says = new ArrayList<String>();
        says.add(capabilities.contains(Capability.DELETE) ? "can delete" : "cannot delete");
        says.add(capabilities.contains(Capability.RETIRE) ? "can retire" : "cannot retire");
        says.add(capabilities.contains(Capability.PURGE) ? "can purge" : "cannot purge");
        if (capabilities.isEmpty()) {
            warn(
                    "capabilities",
                    String.join(", ", says),
                    Problem.of("DOC-NO-UNDO", "what is created here could not be undone")
                            .about("target " + target.name())
                            .expected("a target that can delete or retire")
                            .found("neither"));
        } else {
            ok("capabilities", String.join(", ", says));
        }
    }

    private void ok(String name, String found) {
        checks.add(new Check(Level.OK, name, found, Optional.empty()));
    }

    private void warn(String name, String found, Problem problem) {
        checks.add(new Check(Level.WARN, name, found, Optional.of(problem)));
    }

    private void fail(String name, Problem problem) {
        checks.add(new Check(Level.FAIL, name, problem.message(), Optional.of(problem)));
    }
}
