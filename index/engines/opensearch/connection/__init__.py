"""Where is the cluster, who asks it, and when is it not asked any more?"""
