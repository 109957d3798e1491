"""the town's settings, and which sites came from OpenStreetMap"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('osm_sites',
    sa.Column('osm_id', sa.String(length=24), nullable=False),
    sa.Column('site_id', sa.String(length=80), nullable=False),
    sa.Column('imported', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_osm_sites_site_id_sites'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('osm_id', name=op.f('pk_osm_sites'))
    )
    op.create_index(op.f('ix_osm_sites_site_id'), 'osm_sites', ['site_id'])
    op.create_table('town_settings',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_town_settings'))
    )


def downgrade() -> None:
    op.drop_table('town_settings')
    op.drop_table('osm_sites')
