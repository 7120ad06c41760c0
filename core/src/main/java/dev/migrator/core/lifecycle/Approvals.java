package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.ApprovalNeeds;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who has to approve a plan, who did, and what is still missing. Counts people, not grants: whoever grants twice is one,
 * in all the groups that their grants name.
 *
 * @param needs what the plan and the environment ask for, one a group
 * @param grants of exactly this plan: groups by approver
 */
record Approvals(Digest plan, String requester, List<ApprovalNeed> needs, SortedMap<String, SortedSet<String>> grants) {
    static Approvals of(Facts facts, PlanSummary plan, Protection protection) {
        var requester = facts.change().orElseThrow().requester();
        var names = new TreeMap<String, String>();
        var grants = new TreeMap<String, SortedSet<String>>();
        var votes = facts.votes().stream()
                .sorted(Comparator.comparing(Facts.Vote::approver))
                .toList();
        for (var vote : votes) {
            if (vote.granted()
                    && vote.planDigest().equals(plan.planDigest())
                    && !person(vote.approver()).equals(person(requester))) {
                var name = names.computeIfAbsent(
                        person(vote.approver()), _ -> vote.approver().strip());
                grants.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(vote.groups());
            }
        }
        var needs = ApprovalNeeds.merged(plan.approvals(), ApprovalNeeds.of(protection));
        return new Approvals(plan.planDigest(), requester, needs, grants);
    }

    /** One name for one person, however it is written. */
    static String person(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    boolean areGiven() {
        return needs.stream().allMatch(this::isMet);
    }

    /** For a line that is ticked: every approver, and for which groups. */
    String given() {
        var asked = needs.stream().map(ApprovalNeed::group).collect(Collectors.toSet());
        return "granted by "
                + grants.entrySet().stream()
                        .map(grant -> {
                            var counted = grant.getValue().stream()
                                    .filter(asked::contains)
                                    .toList();
                            return grant.getKey() + (counted.isEmpty() ? "" : " " + counted);
                        })
                        .collect(Collectors.joining(", "))
                + " for plan " + plan;
    }

    /** For a line that is not: what is needed, and who gave some of it. */
    String missing() {
        var one = needs.size() == 1 && needs.getFirst().count() == 1;
        if (one && needs.getFirst().group().isEmpty()) {
            return "an approval of plan " + plan.brief() + " by someone other than " + requester;
        }
        return "approvals of plan " + plan.brief() + " by people other than " + requester + ": "
                + needs.stream().map(this::progress).collect(Collectors.joining("; "));
    }

    private String progress(ApprovalNeed need) {
        var given = givenFor(need);
        return given.size() + " of " + need.count()
                + (need.group().isEmpty() ? "" : " in group " + need.group())
                + " (" + need.policy() + ")"
                + (given.isEmpty() ? "" : ", by " + String.join(", ", given));
    }

    private boolean isMet(ApprovalNeed need) {
        return givenFor(need).size() >= need.count();
    }

    private List<String> givenFor(ApprovalNeed need) {
        return grants.entrySet().stream()
                .filter(grant -> need.group().isEmpty() || grant.getValue().contains(need.group()))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}
