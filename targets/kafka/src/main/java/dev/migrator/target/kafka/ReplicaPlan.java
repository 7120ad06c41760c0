package dev.migrator.target.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * On which brokers a partition has its copies once it has more or fewer of them. What is there stays where it is: copies are
 * added on other racks first, then on the brokers with the fewest copies of the topics at hand; they are taken away from the
 * end of the list, those that are behind first, and never the leader while another can go. The same input gives the same
 * answer.
 */
final class ReplicaPlan {
    /**
     * A partition as it is meant to be now.
     *
     * @param replicas broker ids, the preferred leader first, without those that a running reassignment takes away
     * @param inSync those of them that have everything
     * @param leader empty if there is none
     */
    record Partition(List<Integer> replicas, Set<Integer> inSync, Optional<Integer> leader) {
        Partition {
            replicas = List.copyOf(replicas);
            inSync = Set.copyOf(inSync);
        }
    }

    private final SortedMap<Integer, String> racks;
    private final Map<Integer, Integer> copies = new HashMap<>();

    /**
     * @param racks by id of each broker that is there, empty where it has none
     * @param partitions whose copies count when brokers are compared
     */
    ReplicaPlan(Map<Integer, String> racks, Collection<Partition> partitions) {
        this.racks = new TreeMap<>(racks);
        partitions.forEach(partition -> partition.replicas().forEach(broker -> copies.merge(broker, 1, Integer::sum)));
    }

    int brokers() {
        return racks.size();
    }

    /** Broker ids, the preferred leader first. @param factor from 1 to {@link #brokers()} */
    List<Integer> of(Partition partition, int factor) {
        var replicas = new ArrayList<>(partition.replicas());
        while (replicas.size() < factor) {
            int added = toAdd(replicas);
            replicas.add(added);
            copies.merge(added, 1, Integer::sum);
        }
        while (replicas.size() > factor) {
            int removed = toRemove(replicas, partition);
            replicas.remove(Integer.valueOf(removed));
            copies.merge(removed, -1, Integer::sum);
        }
        return List.copyOf(replicas);
    }

    private int toAdd(List<Integer> replicas) {
        return racks.keySet().stream()
                .filter(broker -> !replicas.contains(broker))
                .min(Comparator.comparingLong((Integer broker) -> onRackOf(broker, replicas))
                        .thenComparing(broker -> copies.getOrDefault(broker, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException("more copies than brokers"));
    }

    private long onRackOf(int broker, List<Integer> replicas) {
        var rack = racks.get(broker);
        return rack.isEmpty()
                ? 0
                : replicas.stream()
                        .filter(other -> rack.equals(racks.get(other)))
                        .count();
    }

    private static int toRemove(List<Integer> replicas, Partition partition) {
        var last = replicas.reversed();
        return last.stream()
                .filter(broker -> !partition.inSync().contains(broker))
                .findFirst()
                .or(() -> last.stream()
                        .filter(broker -> !partition.leader().equals(Optional.of(broker)))
                        .findFirst())
                .orElseThrow();
    }
}
