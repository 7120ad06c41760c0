package dev.migrator.core.plan;

import dev.migrator.core.environment.Protection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What several rules ask for, taken together. */
public final class ApprovalNeeds {
    /** Groups that one plan may need approvals of. */
    public static final int MAX_NEEDS = 100;

    private ApprovalNeeds() {}

    /** People that have to agree to what nobody can put back. */
    static final int FOR_ONE_WAY = 2;

    /** What an environment asks for where everything can be put back. */
    public static List<ApprovalNeed> of(Protection protection) {
        return of(protection, false);
    }

    /**
     * What an environment asks for whatever the policies say: a policy can ask for more, never for less.
     *
     * @param oneWay whether the plan changes something that cannot be put back
     */
    public static List<ApprovalNeed> of(Protection protection, boolean oneWay) {
        return switch (protection) {
            case OPEN -> List.of();
            case PROTECTED ->
                List.of(
                        oneWay
                                ? new ApprovalNeed(FOR_ONE_WAY, "", "one-way")
                                : new ApprovalNeed(1, "", protection.name().toLowerCase(Locale.ROOT)));
        };
    }

    /** One need a group, the largest; ascending by group. */
    public static List<ApprovalNeed> merged(Collection<ApprovalNeed> needs) {
        var byGroup = new TreeMap<String, ApprovalNeed>();
        new TreeSet<>(needs).forEach(need -> byGroup.putIfAbsent(need.group(), need));
        return List.copyOf(byGroup.values());
    }

    public static List<ApprovalNeed> merged(Collection<ApprovalNeed> some, Collection<ApprovalNeed> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return merged(all);
    }

    /** E.g. {@code 2 approvals (destructive-by-two), 1 of orders-owners (orders)}. */
    public static String text(List<ApprovalNeed> needs) {
        return needs.isEmpty()
                ? "no approval"
                : needs.stream()
                        .map(need -> (need.group().isEmpty()
                                        ? need.count() + (need.count() == 1 ? " approval" : " approvals")
                                        : need.count() + " of " + need.group())
                                + " (" + need.policy() + ")")
                        .collect(Collectors.joining(", "));
    }
}
