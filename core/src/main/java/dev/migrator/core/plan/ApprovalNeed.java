package dev.migrator.core.plan;

import java.util.Comparator;
import java.util.Objects;

/**
 * So many people, none of them the requester, have to approve a plan. Each need stands by itself: one person may count
 * for several.
 *
 * @param count from 1 to {@value #MAX_COUNT}
 * @param group that they have to be in; empty for anyone who may approve
 * @param policy that asks for it, for people
 */
public record ApprovalNeed(int count, String group, String policy) implements Comparable<ApprovalNeed> {
    public static final int MAX_COUNT = 10;
    private static final Comparator<ApprovalNeed> ORDER = Comparator.comparing(ApprovalNeed::group)
            .thenComparing(ApprovalNeed::count, Comparator.reverseOrder())
            .thenComparing(ApprovalNeed::policy);

    public ApprovalNeed {
        Objects.requireNonNull(group);
        Objects.requireNonNull(policy);
    }

    @Override
    public int compareTo(ApprovalNeed other) {
        return ORDER.compare(this, other);
    }
}
