package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.engine.FakePace;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.MemoryKind;
import dev.migrator.target.testkit.StaleReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What all parts of one history share: chance, time, topics, the target, the bucket, and what each migration wants. */
final class World {
    static final String ENVIRONMENT = "production";
    static final String REHEARSAL = "rehearsal";
    static final String TARGET = "memory";
    static final String REQUESTER = "alice";
    static final String OWNERS = "owners";
    /** Who approves, and in which groups. */
    static final Map<String, List<String>> APPROVERS = Map.of("bob", List.of(OWNERS, "others"), "erin", List.of());

    final Chance chance;
    final Bug bug;
    final Broker broker;
    final FakePace pace;
    final InMemoryTarget target;
    final Oracle oracle;
    /** By migration: wanted content by key, empty where the entry is to be gone. */
    final SortedMap<MigrationId, SortedMap<EntryKey, Optional<Content>>> wanted = new TreeMap<>();

    /**
     * Undo kits in the bucket, by migration and plan: each has a name of its own, so that a late worker which keeps the kit
     * of a plan before takes nobody's place.
     */
    final Map<MigrationId, Map<Digest, byte[]>> kits = new HashMap<>();

    /** Snapshots in the bucket, by digest. */
    final Map<Digest, Map<EntryKey, EntryState>> snapshots = new HashMap<>();

    /** Migrations whose receipt is in the bucket: a person undoes them by kit. */
    final Set<MigrationId> undone = new HashSet<>();

    /** Whether what verification says "no" to is paused here, until a person decides. */
    final boolean pausing;
    /** Whether the environment declares monitoring. */
    final boolean monitored;

    private final Map<Digest, byte[]> bucket = new HashMap<>();
    private final Map<Digest, Plan> read = new HashMap<>();
    private final List<String> trace;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    World(long seed, Bug bug, boolean tracing) {
        this.chance = new Chance(seed);
        this.bug = bug;
        this.pausing = Math.floorMod(seed, 3) == 0;
        this.broker = new Broker(chance);
        this.pace = new FakePace(seed);
        this.trace = tracing ? new ArrayList<>() : null;
        this.target = new InMemoryTarget(
                        TARGET, kind(MemoryKind.TOPIC), MemoryKind.ACL, kind(MemoryKind.ARTIFACT_VERSION))
                .staleReads(
                        switch (chance.below(4)) {
                            case 0 -> StaleReads.NONE;
                            case 1 -> StaleReads.UNTIL_SETTLED;
                            default -> StaleReads.forReads(1 + chance.below(4));
                        });
        furnish();
        this.oracle = new Oracle(this);
        target.listener(event -> {
            trace(() -> event.actor() + " writes " + event.key() + ": " + event.before() + " -> " + event.after());
            oracle.written(event);
        });
        this.monitored = chance.seedIsOneIn(3);
        int migrations = 2 + chance.below(3);
        for (int i = 0; i < migrations; i++) {
            wanted.put(new MigrationId("m-" + i), wishes());
        }
    }

    private MemoryKind kind(MemoryKind kind) {
        return chance.oneIn(3) ? kind.withoutDeletion() : kind;
    }

    private void furnish() {
        for (var key : keys()) {
            if (chance.oneIn(2)) {
                target.outsiderSets(key, randomContent(key));
                if (chance.oneIn(4)) {
                    target.outsiderSets(key, unmanaged(key));
                }
            }
        }
        try {
            target.settle(Duration.ofSeconds(1), () -> {});
        } catch (dev.migrator.target.TargetException.Fenced e) {
            throw new IllegalStateException(e);
        }
    }

    private SortedMap<EntryKey, Optional<Content>> wishes() {
        var wishes = new TreeMap<EntryKey, Optional<Content>>();
        for (int left = 1 + chance.below(6); left > 0; left--) {
            var key = chance.pick(keys());
            wishes.put(key, chance.oneIn(4) ? Optional.empty() : Optional.of(randomContent(key)));
        }
        return wishes;
    }

    private static final List<EntryKey> KEYS = allKeys();

    static List<EntryKey> keys() {
        return KEYS;
    }

    private static List<EntryKey> allKeys() {
        var keys = new ArrayList<EntryKey>();
        for (int i = 0; i < 8; i++) {
            keys.add(new EntryKey(TARGET, "topic", "t-" + i));
        }
        for (int i = 0; i < 4; i++) {
            keys.add(new EntryKey(TARGET, "acl", "a-" + i));
            keys.add(new EntryKey(TARGET, "artifact-version", "v-" + i));
        }
        return List.copyOf(keys);
    }

    Content randomContent(EntryKey key) {
        if (key.kind().equals("acl")) {
            return Content.EMPTY;
        }
        return Content.of(Map.of(
                "config.a",
                Value.of("" + chance.below(3)),
                "config.b",
                chance.oneIn(3) ? Value.NULL : Value.of("" + chance.below(3))));
    }

    /** A field that no manifest speaks of. */
    Content unmanaged(EntryKey key) {
        return key.kind().equals("acl")
                ? Content.EMPTY
                : Content.of("config.unmanaged", Value.of("" + chance.below(9)));
    }

    /** What policies ask for: nothing more than the environment, two people, or one of a group. */
    List<ApprovalNeed> needs(MigrationId id) {
        return switch (Math.floorMod(id.value().hashCode(), 3)) {
            case 0 -> List.of();
            case 1 -> List.of(new ApprovalNeed(2, "", "by-two"));
            default -> List.of(new ApprovalNeed(1, "", "by-one"), new ApprovalNeed(1, OWNERS, "by-owners"));
        };
    }

    /** Policies ask for a rehearsal of every other migration. */
    List<String> rehearsedFor(MigrationId id) {
        return Math.floorMod(id.value().hashCode(), 2) == 0 ? List.of("every-other-one") : List.of();
    }

    /** Some of what policies say depends on the time; until then it holds. */
    Optional<Instant> judgedUntil() {
        return chance.oneIn(4) ? Optional.of(now.plus(Duration.ofSeconds(20L + chance.below(300)))) : Optional.empty();
    }

    Digest store(Plan plan) {
        var bytes = PlanCodec.bytes(plan);
        var digest = Digest.of(bytes);
        bucket.put(digest, bytes);
        return digest;
    }

    Plan plan(Digest digest) {
        return read.computeIfAbsent(digest, d -> PlanCodec.read(bucket.get(d), d));
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
        pace.pause(time);
    }

    void trace(Supplier<String> line) {
        if (trace != null) {
            trace.add(line.get());
        }
    }

    List<String> trace() {
        return trace == null ? List.of() : trace;
    }
}
