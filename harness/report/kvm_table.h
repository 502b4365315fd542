/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kvm_table.h - what a machine did by KVM while it rebooted, for people to read
 */
#ifndef KVM_TABLE_H
#define KVM_TABLE_H

#include <stdio.h>

#include "analysis/kvm_profile.h"

/* Each phase's exits by reason and sampled functions of the guest, at most @top of both. */
void kvm_table(const struct kvm_profile *p, unsigned int top, FILE *to);

#endif /* KVM_TABLE_H */
