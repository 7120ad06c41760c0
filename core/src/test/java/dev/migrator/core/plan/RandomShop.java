package dev.migrator.core.plan;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.TestManifests;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A random right bundle, and targets that hold some of it, some of it differently, and other things. */
final class RandomShop {
    private static final String[] CONFIGS = {"retention.ms", "segment.ms", "cleanup.policy", "max.message.bytes"};

    private final Random random;
    final World world = new World();
    final Bundle bundle;
    final List<Value.Obj> manifests = new ArrayList<>();
    final List<EntryKey> unmanaged = new ArrayList<>();

    RandomShop(Random random) {
        this.random = random;
        topics(manifests);
        acls(manifests);
        schemas(manifests);
        manifests.replaceAll(manifest -> random.nextInt(6) == 0 ? TestManifests.canary(manifest) : manifest);
        bundle = TestManifests.bundle(manifests);
        desired().entries().values().forEach(this::hold);
        for (int i = random.nextInt(4); i > 0; i--) {
            var key = Planning.topic("unmanaged-" + i);
            world.present(key, new Content(new TreeMap<>(java.util.Map.of("partitions", Value.of(i)))));
            unmanaged.add(key);
        }
    }

    Desired desired() {
        return Desired.of(
                Kinds.standard(), bundle.resources(), type -> Optional.of(type.equals("kafka") ? "kafka" : "registry"));
    }

    private void topics(List<Value.Obj> manifests) {
        for (int i = random.nextInt(8); i > 0; i--) {
            var config = new ArrayList<String>();
            for (var name : CONFIGS) {
                if (random.nextInt(3) == 0) {
                    config.add("'" + name + "':" + (random.nextInt(4) == 0 ? "null" : value(name)));
                }
            }
            var topic = TestManifests.topic("shop.t" + i, "{" + String.join(",", config) + "}");
            manifests.add(random.nextInt(5) == 0 ? TestManifests.absent(topic) : topic);
        }
    }

    private String value(String config) {
        return config.equals("cleanup.policy")
                ? (random.nextBoolean() ? "'compact'" : "'delete'")
                : String.valueOf(1 + random.nextInt(3));
    }

    private void acls(List<Value.Obj> manifests) {
        for (int i = random.nextInt(6); i > 0; i--) {
            boolean prefixed = random.nextInt(3) == 0;
            var resource = "{'type':'topic','name':'" + (prefixed ? "shop." : "shop.t" + (1 + random.nextInt(9)))
                    + "','pattern':'" + (prefixed ? "prefixed" : "literal") + "'}";
            var acl = TestManifests.acl("a" + i, "User:u" + i, "['READ','DESCRIBE']", resource);
            manifests.add(random.nextInt(5) == 0 ? TestManifests.absent(acl) : acl);
        }
    }

    /** Each may refer to those before it, so there is no circle; versions other than those here are in the target. */
    private void schemas(List<Value.Obj> manifests) {
        int count = random.nextInt(6);
        for (int i = 1; i <= count; i++) {
            var references = new ArrayList<String>();
            for (int other = 1; other < i; other++) {
                if (random.nextInt(3) == 0) {
                    var version = random.nextInt(5) == 0 ? "1" : "2";
                    references.add(TestManifests.reference("S" + other, version));
                    if (version.equals("1")) {
                        world.present(Planning.version("default/S" + other + "@1"), Content.EMPTY);
                    }
                }
            }
            manifests.add(TestManifests.schema("S" + i, "2", "[" + String.join(",", references) + "]"));
        }
    }

    /** As wanted, or not there, or retired, or with other settings; never with what cannot be changed. */
    private void hold(DesiredEntry entry) {
        var key = entry.key();
        if (key.kind().equals("acl")) {
            if (random.nextBoolean()) {
                AclTuple.parse(key.address());
                world.present(key, Content.EMPTY);
            }
            return;
        }
        if (random.nextInt(3) == 0) {
            world.holdsData(key);
        }
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> world.retired(key, settled(entry));
            case 2 -> world.present(key, settled(entry));
            default -> world.present(key, changed(settled(entry)));
        }
    }

    private static Content settled(DesiredEntry entry) {
        var fields = new TreeMap<>(entry.content().fields());
        fields.values().removeIf(Value::isNull);
        return new Content(fields);
    }

    private Content changed(Content content) {
        var fields = new TreeMap<>(content.fields());
        for (var name : CONFIGS) {
            if (random.nextBoolean() && fields.containsKey("partitions")) {
                fields.put("config." + name, Value.of("other"));
            }
        }
        return new Content(fields);
    }
}
