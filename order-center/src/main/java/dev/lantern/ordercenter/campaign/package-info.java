/// Campaign trees: parent activity, child activities, rewards, scenes, rounds.
///
/// One YAML document a tree, validated whole with the line of each problem, kept as revisions.
/// Reading a tree and resolving a round are pure; `CampaignWatch` keeps this instance's copy fresh
/// or stops it from accepting.
@NullMarked
package dev.lantern.ordercenter.campaign;

import org.jspecify.annotations.NullMarked;
