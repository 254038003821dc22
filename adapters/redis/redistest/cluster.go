package redistest

import (
	"context"
	"strconv"
	"strings"
	"testing"
)

// Cluster is a Redis Cluster on this machine.
type Cluster struct {
	Masters  []*Server // three
	Replicas []*Server // of the master of the same index; none unless asked for
}

const slots = 16_384

// StartCluster starts a Cluster of three masters, each with a replica if asked
// for, and waits until it serves all slots. A master that is gone for a second
// is replaced by its replica.
func StartCluster(t testing.TB, replicas bool, options ...Option) *Cluster {
	t.Helper()
	node := func() *Server {
		return Start(t, append(options, Set("cluster-enabled", "yes"), Set("cluster-node-timeout", "1000"), Set("cluster-replica-validity-factor", "0"), Set("repl-diskless-sync-delay", "0"))...)
	}
	c := &Cluster{}
	for range 3 {
		c.Masters = append(c.Masters, node())
	}
	if replicas {
		for range 3 {
			c.Replicas = append(c.Replicas, node())
		}
	}
	ctx := context.Background()
	for i, m := range c.Masters {
		to := slots*(i+1)/3 - 1
		if err := m.Client().ClusterAddSlotsRange(ctx, slots*i/3, to).Err(); err != nil {
			t.Fatalf("redistest: slots: %v", err)
		}
	}
	nodes := append(append([]*Server{}, c.Masters...), c.Replicas...)
	first := c.Masters[0].Client()
	for _, n := range nodes[1:] {
		if err := first.ClusterMeet(ctx, "127.0.0.1", strconv.Itoa(n.Port)).Err(); err != nil {
			t.Fatalf("redistest: meet: %v", err)
		}
	}
	for _, n := range nodes {
		client := n.Client()
		until(t, "the Cluster's nodes know each other", func(ctx context.Context) bool {
			info, err := client.ClusterInfo(ctx).Result()
			return err == nil && strings.Contains(info, "cluster_state:ok") && strings.Contains(info, "cluster_known_nodes:"+strconv.Itoa(len(nodes)))
		})
	}
	for i, r := range c.Replicas {
		follow(t, r, c.Masters[i])
	}
	return c
}

func follow(t testing.TB, replica, master *Server) {
	t.Helper()
	id, err := master.Client().Do(context.Background(), "CLUSTER", "MYID").Text()
	if err != nil {
		t.Fatalf("redistest: id: %v", err)
	}
	client := replica.Client()
	until(t, "a replica has heard of its master", func(ctx context.Context) bool {
		return client.ClusterReplicate(ctx, id).Err() == nil
	})
	until(t, "a replica follows", func(ctx context.Context) bool {
		info, err := client.Info(ctx, "replication").Result()
		return err == nil && strings.Contains(info, "master_link_status:up")
	})
}

// Addrs are those of the masters.
func (c *Cluster) Addrs() []string {
	var addrs []string
	for _, m := range c.Masters {
		addrs = append(addrs, m.Addr())
	}
	return addrs
}
