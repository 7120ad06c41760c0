package dev.migrator.target.kafka;

import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** All reading, for whoever reads. */
final class ClusterReads {
    private static final String INTERNAL = "__";

    private final KafkaConnection connection;
    private final TopicReads topics;
    private final QuotaReads quotas;
    private final ScramUsers users;

    ClusterReads(KafkaConnection connection) {
        this.connection = connection;
        this.topics = new TopicReads(connection);
        this.users = new ScramUsers(connection);
        this.quotas = new QuotaReads(connection);
    }

    /** Without an authorizer there are no ACLs, and without ACLs nothing can be taken out of use. */
    Set<Capability> capabilities() throws TargetException {
        return hasAuthorizer() ? EnumSet.allOf(Capability.class) : EnumSet.of(Capability.DELETE);
    }

    boolean hasAuthorizer() throws TargetException {
        try {
            acls(SettleMarker.ANY_ACL);
            return true;
        } catch (TargetException.Refused e) {
            if (e.problem().code().equals(Faults.NO_AUTHORIZER)) {
                return false;
            }
            throw e;
        }
    }

    Stream<EntryKey> list(String kind) throws TargetException {
        return keys(
                kind,
                switch (Kinds.known(kind)) {
                    case Kinds.TOPIC -> visibleTopics();
                    case Kinds.QUOTA -> quotas.all().keySet();
                    case Kinds.USER -> users.all().keySet();
                    default -> visibleAcls();
                });
    }

    private Stream<EntryKey> keys(String kind, Collection<String> addresses) {
        String target = connection.settings().target();
        return new TreeSet<>(addresses).stream().map(address -> new EntryKey(target, kind, address));
    }

    private Set<String> visibleTopics() throws TargetException {
        var names = new HashSet<>(connection.await(
                "list topics",
                connection
                        .admin()
                        .listTopics(new ListTopicsOptions().listInternal(false))
                        .names()));
        names.removeIf(name -> name.startsWith(INTERNAL));
        names.removeAll(Acls.outOfUse(aclsIfAny(Acls.RETIREMENTS)));
        return names;
    }

    private Set<String> visibleAcls() throws TargetException {
        var tuples = aclsIfAny(AclBindingFilter.ANY);
        var retired = Acls.retiredTopics(tuples);
        return tuples.stream()
                .filter(tuple -> !SettleMarker.isMarker(tuple) && !Acls.marksRemoval(tuple))
                .filter(tuple -> !(tuple.marksRetiredTopic() && retired.contains(tuple.resourceName())))
                .map(AclTuple::address)
                .collect(Collectors.toSet());
    }

    /** States of the keys, and which topics are marked as retired. */
    Seen look(Set<EntryKey> keys) throws TargetException {
        keys.forEach(key -> Kinds.known(key.kind()));
        var states = new TreeMap<EntryKey, EntryState>();
        add(of(keys, Kinds.QUOTA), quotas::all, states);
        add(of(keys, Kinds.USER), users::all, states);
        var topicsAndAcls = new TreeSet<>(keys);
        topicsAndAcls.removeAll(states.keySet());
        return topicsAndAcls.isEmpty()
                ? new Seen(states, Set.of(), Map.of())
                : lookAtTopicsAndAcls(topicsAndAcls, states);
    }

    private interface All {
        SortedMap<String, Content> read() throws TargetException;
    }

    /** Of kinds that Kafka is best asked for as a whole. */
    private static void add(Set<EntryKey> keys, All all, Map<EntryKey, EntryState> states) throws TargetException {
        if (keys.isEmpty()) {
            return;
        }
        var found = all.read();
        keys.forEach(key -> states.put(
                key,
                found.containsKey(key.address())
                        ? new EntryState.Present(found.get(key.address()), "")
                        : EntryState.ABSENT));
    }

    private Seen lookAtTopicsAndAcls(Set<EntryKey> keys, Map<EntryKey, EntryState> states) throws TargetException {
        var found = topics.read(
                of(keys, Kinds.TOPIC).stream().map(EntryKey::address).toList());
        boolean aclsAsked = !of(keys, Kinds.ACL).isEmpty();
        var tuples = aclsIfAny(aclsAsked ? AclBindingFilter.ANY : Acls.RETIREMENTS);
        var held = tuples.stream()
                .filter(tuple -> !SettleMarker.isMarker(tuple))
                .map(AclTuple::address)
                .collect(Collectors.toSet());
        var outOfUse = Acls.outOfUse(tuples);
        for (var key : keys) {
            if (key.kind().equals(Kinds.ACL)) {
                states.put(
                        key,
                        held.contains(key.address()) ? new EntryState.Present(Content.EMPTY, "") : EntryState.ABSENT);
            } else {
                states.put(key, topicState(found.get(key.address()), outOfUse.contains(key.address())));
            }
        }
        var uneven = new TreeMap<String, SortedSet<Integer>>();
        found.forEach((name, topic) -> {
            if (topic.replicas().size() > 1) {
                uneven.put(name, topic.replicas());
            }
        });
        return new Seen(states, Acls.retiredTopics(tuples), uneven);
    }

    private static EntryState topicState(FoundTopic topic, boolean outOfUse) {
        if (topic == null) {
            return EntryState.ABSENT;
        }
        return outOfUse
                ? new EntryState.Retired(topic.content(), topic.id())
                : new EntryState.Present(topic.content(), topic.id());
    }

    private static Set<EntryKey> of(Set<EntryKey> keys, String kind) {
        return keys.stream().filter(key -> key.kind().equals(kind)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** None where there is no authorizer. */
    private List<AclTuple> aclsIfAny(AclBindingFilter filter) throws TargetException {
        try {
            return acls(filter);
        } catch (TargetException.Refused e) {
            if (e.problem().code().equals(Faults.NO_AUTHORIZER)) {
                return List.of();
            }
            throw e;
        }
    }

    /** @throws TargetException.Refused {@code TGT-NO-AUTHORIZER} caused by {@link SecurityDisabledException} */
    private List<AclTuple> acls(AclBindingFilter filter) throws TargetException {
        return connection
                .await("describe ACLs", connection.admin().describeAcls(filter).values())
                .stream()
                .map(Acls::tuple)
                .toList();
    }
}
