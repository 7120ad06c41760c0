package dev.migrator.core.kinds;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of topics that some software makes and changes by itself, with its usual settings. */
public final class ReservedTopics {
    /** The topics that the services talk over, and those of their stream applications. */
    private static final Pattern OWN =
            Pattern.compile("migration\\.(changes|tasks|plans|snapshots|approvals|commands|batches"
                    + "|results|verdicts|rollbacks|signals|status|inventory|drift|drift-orders|drills|fleets|fleet-status"
                    + "|audit|dead-letters)"
                    + "|migration-lifecycle-(changes|fleets)|migration-lifecycle-.*-(changelog|repartition)");

    private static final Map<String, Pattern> OTHERS = others();

    private ReservedTopics() {}

    public static boolean isOwn(String topic) {
        return OWN.matcher(topic).matches();
    }

    /** The software that names its own topics like this, for people. */
    static Optional<String> ownerOf(String topic) {
        return isOwn(topic)
                ? Optional.empty()
                : OTHERS.entrySet().stream()
                        .filter(owner -> owner.getValue().matcher(topic).matches())
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private static Map<String, Pattern> others() {
        var others = new LinkedHashMap<String, Pattern>();
        others.put("a schema registry", Pattern.compile("_schemas|kafkasql-(journal|snapshots)"));
        others.put("Kafka Connect", Pattern.compile("(.*[._-])?connect[._-](configs?|offsets?|status(es)?)"));
        others.put("MirrorMaker", Pattern.compile("mm2-(configs|offsets|status)\\..*|.*\\.checkpoints\\.internal"));
        others.put("Kafka Streams", Pattern.compile(".*-(changelog|repartition)"));
        others.put("Confluent Platform", Pattern.compile("_confluent.*"));
        return others;
    }
}
