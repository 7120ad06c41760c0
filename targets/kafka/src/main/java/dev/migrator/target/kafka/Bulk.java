package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownServerException;

/**
 * Sends many items in as few requests as the cluster takes. The controller refuses a request of more than 10,000
 * metadata records as a whole, so requests are cut below that; one that is refused as a whole for another reason is
 * halved until the item at fault stands alone.
 */
final class Bulk {
    /** {@code QuorumController.MAX_RECORDS_PER_USER_OP} of Kafka. */
    static final int MAX_RECORDS = 10_000;

    /** One request for many; answers each of them. */
    @FunctionalInterface
    interface Request<I, R> {
        Map<I, Answer<R>> send(List<I> items) throws TargetException;
    }

    private Bulk() {}

    /** @param records metadata records that an item makes, at least 1 */
    static <I, R> Map<I, Answer<R>> send(List<I> items, ToIntFunction<I> records, Request<I, R> request)
            throws TargetException {
        var answers = new HashMap<I, Answer<R>>();
        for (var part : cut(items, records, MAX_RECORDS)) {
            answers.putAll(sendOrHalve(part, request));
        }
        return answers;
    }

    /** Cuts in order; an item above the limit stands alone. */
    static <I> List<List<I>> cut(List<I> items, ToIntFunction<I> records, int limit) {
        var parts = new ArrayList<List<I>>();
        var part = new ArrayList<I>();
        long weight = 0;
        for (var item : items) {
            int more = records.applyAsInt(item);
            if (!part.isEmpty() && weight + more > limit) {
                parts.add(List.copyOf(part));
                part.clear();
                weight = 0;
            }
            part.add(item);
            weight += more;
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }

    private static <I, R> Map<I, Answer<R>> sendOrHalve(List<I> items, Request<I, R> request) throws TargetException {
        var answers = request.send(items);
        if (items.size() < 2 || !isRefusedAsAWhole(answers)) {
            return answers;
        }
        var halves = new HashMap<>(sendOrHalve(items.subList(0, items.size() / 2), request));
        halves.putAll(sendOrHalve(items.subList(items.size() / 2, items.size()), request));
        return halves;
    }

    /** The same error for all, of a kind that one item can bring over the others. */
    private static <I, R> boolean isRefusedAsAWhole(Map<I, Answer<R>> answers) {
        var kinds = new java.util.HashSet<Class<?>>();
        for (var answer : answers.values()) {
            switch (answer) {
                case Answer.Ok<R> _ -> {
                    return false;
                }
                case Answer.Err<R>(var error) -> kinds.add(error.getClass());
            }
        }
        return kinds.size() == 1 && canBeOfTheWhole(kinds.iterator().next());
    }

    private static boolean canBeOfTheWhole(Class<?> error) {
        return error == PolicyViolationException.class
                || error == InvalidRequestException.class
                || error == UnknownServerException.class
                || error == RecordTooLargeException.class
                || error == RecordBatchTooLargeException.class;
    }
}
