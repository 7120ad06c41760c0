package dev.migrator.target.confluent;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.PathSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The reading half of the API, typed. "Not there" is a value; any other answer than expected is a fault. */
final class SubjectReads {
    static final String DELETED_TOO = "?deleted=true";

    private final SubjectHttp http;

    SubjectReads(SubjectHttp http) {
        this.http = http;
    }

    static String subject(String subject) {
        return "/subjects/" + PathSegment.encoded(subject);
    }

    static String versions(String subject) {
        return subject(subject) + "/versions";
    }

    static String version(String subject, int version) {
        return versions(subject) + "/" + version;
    }

    static String level(String subject) {
        return "/config/" + PathSegment.encoded(subject);
    }

    /** From a key to what it names. @throws ProblemException {@code TGT-KIND} or {@code SCH-ADDRESS} */
    static SubjectName name(EntryKey key) {
        var name = SubjectName.parse(key.address());
        boolean version = switch (key.kind()) {
            case SubjectKind.SUBJECT -> false;
            case SubjectKind.VERSION -> true;
            default ->
                throw new ProblemException(Problem.of("TGT-KIND", "such a registry has no such kind of entry")
                        .about(key.toString())
                        .expected(SubjectKind.SUBJECT + " or " + SubjectKind.VERSION)
                        .found(key.kind()));
        };
        if (name.version().isPresent() != version || name.subject().isEmpty()) {
            throw new ProblemException(Problem.of("SCH-ADDRESS", "the text is not the address of such an entry")
                    .about(key.toString())
                    .expected(version ? "subject@version" : "subject")
                    .found(key.address()));
        }
        return name;
    }

    EntryState state(EntryKey key) throws TargetException {
        var name = name(key);
        if (name.version().isEmpty()) {
            return level(name)
                    .<EntryState>map(
                            level -> new EntryState.Present(Content.of(SubjectKind.COMPATIBILITY, Value.of(level)), ""))
                    .orElse(EntryState.ABSENT);
        }
        int version = name.version().get();
        var used = registered(name.subject(), version, "");
        if (used.isPresent()) {
            return new EntryState.Present(used.get().content(), used.get().incarnation());
        }
        return registered(name.subject(), version, DELETED_TOO)
                .<EntryState>map(kept -> new EntryState.Retired(kept.content(), kept.incarnation()))
                .orElse(EntryState.ABSENT);
    }

    /** The subject's own level; with Apicurio the one of the whole registry, where a subject has versions and none of its own. */
    private Optional<String> level(SubjectName name) throws TargetException {
        return level(http.get(level(name.subject())));
    }

    /** The level that decides for a subject: its own, else the one of the whole registry. */
    String levelInForce(String subject) throws TargetException {
        var own = level(http.get(level(subject)));
        if (own.isPresent()) {
            return own.get();
        }
        return globalLevel();
    }

    String globalLevel() throws TargetException {
        var reply = http.get("/config");
        return level(reply).orElseThrow(() -> SubjectHttp.strange(reply));
    }

    private static Optional<String> level(HttpReply reply) throws TargetException {
        if (Answer.absent(reply)) {
            return Optional.empty();
        }
        if (!reply.ok()) {
            throw SubjectHttp.strange(reply);
        }
        return Optional.of(
                Json.text(reply.object(), "compatibilityLevel").orElseThrow(() -> SubjectHttp.strange(reply)));
    }

    /** @param which {@link #DELETED_TOO} or empty */
    Optional<Registered> registered(String subject, int version, String which) throws TargetException {
        var reply = http.get(version(subject, version) + which);
        if (Answer.absent(reply)) {
            return Optional.empty();
        }
        if (!reply.ok()) {
            throw SubjectHttp.strange(reply);
        }
        return Optional.of(Registered.from(reply.object()).orElseThrow(() -> SubjectHttp.strange(reply)));
    }

    /** Numbers of the versions, ascending; none without subject. */
    List<Integer> numbers(String subject, String which) throws TargetException {
        var reply = http.get(versions(subject) + which);
        if (Answer.absent(reply)) {
            return List.of();
        }
        var numbers = new TreeSet<Integer>();
        for (var item : array(reply)) {
            if (!(item instanceof Value.Num(var number))) {
                throw SubjectHttp.strange(reply);
            }
            numbers.add(number.intValue());
        }
        return List.copyOf(numbers);
    }

    /** The number that the next version of a subject gets. */
    int next(String subject) throws TargetException {
        var given = numbers(subject, DELETED_TOO);
        return given.isEmpty() ? 1 : given.getLast() + 1;
    }

    /** The version in use that holds this schema already; the registry would make no other one. */
    Optional<Integer> holding(String subject, Value.Obj schema) throws TargetException {
        var reply = http.send("POST", subject(subject), schema);
        return reply.ok() ? Json.number(reply.object(), "version").map(Long::intValue) : Optional.empty();
    }

    List<String> subjects() throws TargetException {
        return texts(http.get("/subjects"));
    }

    List<String> types() throws TargetException {
        return texts(http.get("/schemas/types"));
    }

    /** Versions in use that refer to this one, by address, ascending. */
    List<String> referredFrom(String subject, int version) throws TargetException {
        var reply = http.get(version(subject, version) + "/referencedby");
        var addresses = new TreeSet<String>();
        if (reply.ok()) {
            for (var id : array(reply)) {
                if (id instanceof Value.Num(var number)) {
                    addresses.addAll(withSchema(number.longValue()));
                }
            }
        }
        return List.copyOf(addresses);
    }

    private List<String> withSchema(long id) throws TargetException {
        var reply = http.get("/schemas/ids/" + id + "/versions");
        var addresses = new ArrayList<String>();
        if (reply.ok()) {
            for (var item : array(reply)) {
                if (item instanceof Value.Obj described
                        && Json.number(described, "version").isPresent()) {
                    addresses.add(SubjectName.version(
                                    Json.text(described, "subject").orElse(""),
                                    Json.number(described, "version").get().intValue())
                            .address());
                }
            }
        }
        return addresses;
    }

    private static List<String> texts(HttpReply reply) throws TargetException {
        var texts = new TreeSet<String>();
        for (var item : array(reply)) {
            if (!(item instanceof Value.Text(var text))) {
                throw SubjectHttp.strange(reply);
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    private static List<Value> array(HttpReply reply) throws TargetException {
        if (reply.ok() && reply.json().orElse(Value.NULL) instanceof Value.Arr(var items)) {
            return items;
        }
        throw SubjectHttp.strange(reply);
    }
}
