package dev.migrator.target.postgres;

import dev.migrator.core.plan.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Operations that go together: of one kind, and all of them creates, updates or deletes. */
final class Groups {
    private record Sort(String kind, Class<?> change) {
        static Sort of(Operation operation) {
            return new Sort(operation.key().kind(), operation.getClass());
        }
    }

    private Groups() {}

    /** As few as possible, for operations that are independent of each other. */
    static List<List<Operation>> ofAnyOrder(List<Operation> operations) {
        var groups = new LinkedHashMap<Sort, List<Operation>>();
        operations.forEach(operation -> groups.computeIfAbsent(Sort.of(operation), _ -> new ArrayList<>())
                .add(operation));
        return List.copyOf(groups.values());
    }

    /** In their order, since a later one may need an earlier one. @param most operations of a group */
    static List<List<Operation>> inOrder(List<Operation> operations, int most) {
        var groups = new ArrayList<List<Operation>>();
        for (var operation : operations) {
            if (groups.isEmpty()
                    || groups.getLast().size() == most
                    || !Sort.of(groups.getLast().getFirst()).equals(Sort.of(operation))) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(operation);
        }
        return groups;
    }
}
