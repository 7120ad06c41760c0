package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code Quota}: how much of a Kafka cluster the clients of a user, client id or address may use. */
public final class QuotaKind implements KindRules {
    public static final String KIND = "Quota";
    public static final String ENTRY = "quota";

    private static final String ENTITY = "entity";
    private static final String LIMITS = "limits";
    private static final String USER = "user";
    private static final String CLIENT_ID = "clientId";
    private static final String IP = "ip";
    private static final String DEFAULT = "Default";
    private static final String CONNECTIONS = "connectionCreationRate";
    private static final int LONGEST_NAME = 512;

    /** Kafka keeps limits as binary floating point: above this not every whole number can be kept. */
    private static final long MOST = 1L << 53;

    private static final Shape BYTES = new Shape.OrNull(new Shape.Whole(1, MOST));
    private static final Shape RATE =
            new Shape.OrNull(new Shape.Decimal(new BigDecimal("0.001"), BigDecimal.valueOf(1_000_000_000), 3));

    private static final Shape.Fields KINDS_OF_LIMITS = Shape.fields()
            .optional("producerByteRate", BYTES)
            .optional("consumerByteRate", BYTES)
            .optional("requestPercentage", RATE)
            .optional("controllerMutationRate", RATE)
            .optional(CONNECTIONS, new Shape.OrNull(new Shape.Whole(1, Integer.MAX_VALUE)));

    /** Names of all limits, as manifests and entries have them. */
    public static Set<String> limits() {
        return KINDS_OF_LIMITS.fields().keySet();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return TopicKind.TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return specWhenAbsent().required(LIMITS, KINDS_OF_LIMITS);
    }

    /** A quota is found by whom it holds for. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return Shape.fields()
                .required(
                        ENTITY,
                        Shape.fields()
                                .optional(USER, Shape.anyText(LONGEST_NAME))
                                .optional(USER + DEFAULT, new Shape.Flag())
                                .optional(CLIENT_ID, Shape.anyText(LONGEST_NAME))
                                .optional(CLIENT_ID + DEFAULT, new Shape.Flag())
                                .optional(IP, Shape.text("[0-9A-Fa-f:.]{2,45}", "an IP address, e.g. 10.0.0.1"))
                                .optional(IP + DEFAULT, new Shape.Flag()))
                .optional(LIMITS, KINDS_OF_LIMITS);
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var named = Specs.object(resource.spec(), ENTITY);
        for (var part : List.of(USER, CLIENT_ID, IP)) {
            if (Specs.text(named, part).isPresent() && isFlagged(named, part)) {
                notes.error(
                        Notes.under("/spec/entity", part),
                        entity("a name and the default at once").expected(part + ", or " + part + DEFAULT + ": true"));
            }
        }
        boolean client = part(named, USER).isPresent() || part(named, CLIENT_ID).isPresent();
        if (client == part(named, IP).isPresent()) {
            notes.error(
                    "/spec/entity",
                    entity(client ? "an ip with a user or client id" : "nobody")
                            .expected("user, clientId or both, or ip alone; each by name or with Default: true"));
        }
        Specs.text(named, IP)
                .filter(ip -> !IpAddress.isOne(ip))
                .ifPresent(ip -> notes.error(
                        "/spec/entity/ip", entity(ip).expected("an IP address, e.g. 10.0.0.1 or 2001:db8::1")));
        Specs.text(named, USER)
                .filter(user -> user.startsWith(QuotaEntity.RESERVED))
                .ifPresent(user -> notes.error(
                        "/spec/entity/user",
                        Problem.of("QUO-RESERVED", "quotas of this name are in use by the migrator itself")
                                .expected("a name that does not begin with " + QuotaEntity.RESERVED)
                                .found(user)));
        limits(resource, client, notes);
    }

    private static Problem entity(String found) {
        return Problem.of("QUO-ENTITY", "Kafka has no quotas for this").found(found);
    }

    private static void limits(Resource resource, boolean client, Notes notes) {
        var limits = Specs.object(resource.spec(), LIMITS).fields();
        if (!resource.absent() && limits.values().stream().allMatch(Value::isNull)) {
            notes.error(
                    "/spec/limits",
                    Problem.of("QUO-NO-LIMIT", "a quota limits nothing")
                            .expected("at least one limit that is not null")
                            .found("none")
                            .todo("write a limit; to be rid of the quota, write state: absent"));
        }
        limits.keySet().stream()
                .filter(limit -> limit.equals(CONNECTIONS) == client)
                .forEach(limit -> notes.error(
                        Notes.under("/spec/limits", limit),
                        Problem.of("QUO-LIMIT", "this limit is none for whom the quota holds")
                                .expected(
                                        client
                                                ? "limits of clients; " + CONNECTIONS + " is one of an ip"
                                                : CONNECTIONS + ", the only one of an ip")
                                .found(limit)));
    }

    private static boolean isFlagged(Value.Obj entity, String part) {
        return entity.get(part + DEFAULT).equals(Value.of(true));
    }

    private static Optional<QuotaEntity.Name> part(Value.Obj entity, String part) {
        return isFlagged(entity, part)
                ? Optional.of(new QuotaEntity.Name.Default())
                : Specs.text(entity, part).map(QuotaEntity.Name::of);
    }

    static QuotaEntity entity(Resource resource) {
        var named = Specs.object(resource.spec(), ENTITY);
        return new QuotaEntity(part(named, USER), part(named, CLIENT_ID), part(named, IP));
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var key = new EntryKey(target, ENTRY, entity(resource).address());
        var limits = resource.absent()
                ? new TreeMap<String, Value>()
                : Specs.object(resource.spec(), LIMITS).fields();
        return List.of(DesiredEntry.of(key, resource.uid(), resource, Content.of(limits)));
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.of(Notes.under("/spec/limits", field));
    }

    /** A quota of a user belongs to whom it holds for, as access rules do. */
    @Override
    public String ownedName(EntryKey key) {
        return QuotaEntity.parse(key.address())
                .userName()
                .map(UserName::principal)
                .orElse(key.address());
    }

    @Override
    public String ownedField() {
        return Mappable.PRINCIPAL;
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.PRINCIPAL, Mappable.HOST, CLIENT_ID);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        var named = Specs.object(resource.spec(), ENTITY);
        var all = new ArrayList<Mappable>();
        Specs.text(named, USER).ifPresent(user -> all.add(within(USER, Mappable.PRINCIPAL, UserName.principal(user))));
        Specs.text(named, CLIENT_ID).ifPresent(id -> all.add(within(CLIENT_ID, CLIENT_ID, id)));
        Specs.text(named, IP).ifPresent(ip -> all.add(within(IP, Mappable.HOST, ip)));
        return all;
    }

    private static Mappable within(String part, String field, String value) {
        return new Mappable(
                field,
                KIND,
                Notes.under("/spec/entity", part),
                value,
                (spec, to) -> Mappable.with(
                        spec,
                        ENTITY,
                        Mappable.with(
                                Specs.object(spec, ENTITY), part, Value.of(part.equals(USER) ? UserName.of(to) : to))));
    }

    /** Kafka keeps quotas for whoever may come: they need nothing to be there. */
    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** A quota holds no data and can always be set and removed again: undoing is exact whatever the target can do. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create(var key, var after) -> limiting(key, Content.EMPTY, after);
            case Operation.Update(var key, var before, var after) -> limiting(key, before, after);
            case Operation.Delete _ -> Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }

    /** Lower limits slow down clients that are at work. */
    private static Assessment limiting(EntryKey key, Content before, Content after) {
        var lower = new TreeSet<String>();
        after.fields().forEach((limit, value) -> {
            if (value instanceof Value.Num(var now)
                    && !(before.get(limit) instanceof Value.Num(var then) && then.compareTo(now) <= 0)) {
                lower.add(limit + " " + Specs.shown(before.get(limit)) + " -> " + Specs.shown(value));
            }
        });
        return new Assessment(
                Risk.MUTATING,
                UndoClass.EXACT,
                lower.isEmpty()
                        ? List.of()
                        : List.of(ENTRY + " " + key.address() + ": clients above the limit are slowed down, "
                                + String.join(", ", lower)));
    }
}
